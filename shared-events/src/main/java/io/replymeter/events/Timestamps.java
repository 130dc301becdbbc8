package io.replymeter.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/** The times of the contract: in UTC and whole microseconds, in the years 1970 to 9999. */
final class Timestamps {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    /** RFC 3339 as restricted by asyncapi.yaml. The formats of the JDK also accept times without seconds. */
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd'T'HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendOffset("+HH:MM", "Z")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private Timestamps() {}

    /** @throws java.time.DateTimeException when {@code text} is not a time in the format of the contract */
    static Instant parse(String text) {
        return FORMAT.parse(text, Instant::from);
    }

    static Instant checked(String field, Instant time) {
        requireNonNull(time, field);
        if (time.isBefore(EARLIEST) || !time.isBefore(END)) {
            throw new IllegalArgumentException(field + " is outside of the years 1970 to 9999");
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
