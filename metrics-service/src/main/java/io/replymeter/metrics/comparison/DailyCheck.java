package io.replymeter.metrics.comparison;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.UnsignedUuid;
import io.replymeter.metrics.comparison.Integrity.Differences;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.tables.DailyMetrics;
import io.replymeter.metrics.tables.Inquiries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds up the stored inquiries again and holds the sums against the stored daily metrics, both in the key's order. */
final class DailyCheck {

    private static final int FETCH = 1_000;

    private static final String INQUIRIES = """
            SELECT provider_id, opened_at, conversation_id, initial_message_id, client_id, response_message_id,
                   responded_at
            FROM inquiry
            WHERE generation = ? AND opened_at >= ?::date::timestamp AT TIME ZONE 'UTC'
            ORDER BY provider_id, opened_at
            """;
    private static final String DAYS = """
            SELECT provider_id, day, inquiries, answered, answered_late, response_micros, response_times
            FROM daily_metrics
            WHERE generation = ? AND day >= ?
            ORDER BY provider_id, day
            """;

    private record Day(UUID providerId, LocalDate day, DailyCounts counts) {

        static final Comparator<Day> ORDER =
                Comparator.comparing(Day::providerId, UnsignedUuid.ORDER).thenComparing(Day::day);

        String key() {
            return "provider " + providerId + ", day " + day;
        }

        String row() {
            return counts.inquiries() + " inquiries, " + counts.answered() + " answered, " + counts.answeredLate()
                    + " answered late, " + counts.responseMicros() + " µs, response times "
                    + java.util.HexFormat.of().formatHex(counts.responseTimes().encode());
        }
    }

    private final Connection connection;
    private final Generation generation;
    private final LocalDate since;
    private final Differences differences;

    DailyCheck(Connection connection, Generation generation, LocalDate since, Differences differences) {
        this.connection = connection;
        this.generation = generation;
        this.since = since;
        this.differences = differences;
    }

    /** @return how many rows the inquiries derive */
    long run() throws SQLException {
        try (PreparedStatement inquiries = prepare(INQUIRIES);
                PreparedStatement days = prepare(DAYS);
                ResultSet inquiryRows = inquiries.executeQuery();
                ResultSet dayRows = days.executeQuery()) {
            return compare(new Derived(inquiryRows), dayRows);
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(FETCH);
        statement.setInt(1, generation.number());
        statement.setObject(2, since);
        return statement;
    }

    private long compare(Derived derivedRows, ResultSet storedRows) throws SQLException {
        long rows = 0;
        Day derived = derivedRows.next();
        Day stored = stored(storedRows);
        while (derived != null || stored != null) {
            int order = derived == null ? 1 : stored == null ? -1 : Day.ORDER.compare(derived, stored);
            Day mine = order <= 0 ? derived : null;
            Day theirs = order >= 0 ? stored : null;
            report(theirs, mine);
            if (mine != null) {
                rows++;
                derived = derivedRows.next();
            }
            if (theirs != null) {
                stored = stored(storedRows);
            }
        }
        return rows;
    }

    private void report(@Nullable Day stored, @Nullable Day derived) {
        String storedRow = stored == null ? "missing" : stored.row();
        String derivedRow = derived == null ? "missing" : derived.row();
        if (!storedRow.equals(derivedRow)) {
            Day day = stored == null ? derived : stored;
            differences.add("daily_metrics", day == null ? "" : day.key(), storedRow, derivedRow);
        }
    }

    private static @Nullable Day stored(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return null;
        }
        return new Day(
                rows.getObject("provider_id", UUID.class),
                rows.getObject("day", LocalDate.class),
                DailyMetrics.counts(rows));
    }

    /** Adds up inquiries that come in order of provider and time, a day at a time. */
    private final class Derived {
        private final ResultSet rows;
        private @Nullable Inquiry next;

        Derived(ResultSet rows) throws SQLException {
            this.rows = rows;
            this.next = read();
        }

        @Nullable Day next() throws SQLException {
            Inquiry first = next;
            if (first == null) {
                return null;
            }
            Day day = new Day(first.providerId(), day(first), new DailyCounts());
            for (Inquiry inquiry = first; inquiry != null && isOf(day, inquiry); inquiry = read()) {
                day.counts().add(inquiry, generation.ruleset());
            }
            return day;
        }

        private static boolean isOf(Day day, Inquiry inquiry) {
            return day.providerId().equals(inquiry.providerId()) && day.day().equals(day(inquiry));
        }

        private static LocalDate day(Inquiry inquiry) {
            return LocalDate.ofEpochDay(Micros.epochDay(inquiry.openedAt()));
        }

        private @Nullable Inquiry read() throws SQLException {
            next = rows.next() ? Inquiries.inquiry(rows) : null;
            return next;
        }
    }
}
