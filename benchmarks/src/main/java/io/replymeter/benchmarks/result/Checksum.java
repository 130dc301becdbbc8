package io.replymeter.benchmarks.result;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * One number for the providers' days of a window, in any order: equal results have equal checksums. It covers the 30 UTC
 * days up to the end of the log; every variant must still have those, however it cleans up. Not thread-safe.
 */
public final class Checksum {

    private static final int WINDOW_DAYS = 30;

    private final long lastDay;
    private long sum;
    private long inquiries;
    private long responses;

    /** @param end of the log */
    public Checksum(Instant end) {
        this.lastDay = LocalDate.ofInstant(end, ZoneOffset.UTC).toEpochDay();
    }

    /**
     * The checksum of a query's rows.
     *
     * @param query of rows with the columns of a {@link ProviderDay}, in its order
     * @param end of the log
     */
    public static Checksum of(Connection connection, String query, Instant end) throws SQLException {
        Checksum checksum = new Checksum(end);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                checksum.add(new ProviderDay(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)));
            }
        }
        return checksum;
    }

    public void add(ProviderDay day) {
        if (day.inquiries() == 0 || day.day() <= lastDay - WINDOW_DAYS || day.day() > lastDay) {
            return;
        }
        long hash = day.providerId().getMostSignificantBits();
        hash = mix(hash, day.providerId().getLeastSignificantBits());
        hash = mix(hash, day.day());
        hash = mix(hash, day.inquiries());
        hash = mix(hash, day.answered());
        hash = mix(hash, day.answeredLate());
        hash = mix(hash, day.responseMicros());
        sum += hash;
        inquiries += day.inquiries();
        responses += day.answered() + day.answeredLate();
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 29;
    }

    @Override
    public String toString() {
        return "%016x of %d inquiries, %d responses".formatted(sum, inquiries, responses);
    }
}
