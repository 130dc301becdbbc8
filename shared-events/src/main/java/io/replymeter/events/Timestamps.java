package io.replymeter.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The contract's points in time: UTC, whole microseconds, years that RFC 3339 can write. */
final class Timestamps {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Timestamps() {}

    static Instant checked(String field, Instant time) {
        requireNonNull(time, field);
        if (time.isBefore(EARLIEST) || !time.isBefore(END)) {
            throw new IllegalArgumentException(field + " is outside of the years 1970 to 9999");
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
