package io.replymeter.benchmarks.result;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * One number for the daily results of a window, in whatever order they come: equal results have equal checksums. It
 * covers the 30 UTC days that end with {@code lastDay}, which every variant must still have, however it cleans up. Not
 * thread-safe.
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

    public void add(DailyResult result) {
        if (result.inquiries() == 0 || result.day() <= lastDay - WINDOW_DAYS || result.day() > lastDay) {
            return;
        }
        long hash = result.providerId().getMostSignificantBits();
        hash = mix(hash, result.providerId().getLeastSignificantBits());
        hash = mix(hash, result.day());
        hash = mix(hash, result.inquiries());
        hash = mix(hash, result.answered());
        hash = mix(hash, result.answeredLate());
        hash = mix(hash, result.responseMicros());
        sum += hash;
        inquiries += result.inquiries();
        responses += result.answered() + result.answeredLate();
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
