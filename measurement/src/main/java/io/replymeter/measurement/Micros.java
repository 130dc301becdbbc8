package io.replymeter.measurement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Points in time as whole microseconds since 1970-01-01T00:00Z, the resolution of the rules and of PostgreSQL. */
public final class Micros {

    private static final long PER_DAY = TimeUnit.DAYS.toMicros(1);

    private Micros() {}

    /** {@code time}, truncated. */
    public static long of(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    public static long of(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /** The UTC calendar day, as days since 1970-01-01. */
    public static int epochDay(long micros) {
        return (int) Math.floorDiv(micros, PER_DAY);
    }

    /** The first microsecond of the UTC calendar day. */
    public static long startOf(LocalDate day) {
        return of(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** Seconds with six decimals. */
    public static double seconds(double micros) {
        return Math.round(micros) / 1e6;
    }
}
