package io.replymeter.local.imports;

import io.replymeter.local.stack.CannotContinue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** How far the times of a log are moved; negative moves them into the past. */
record TimeShift(Duration by) {

    static final TimeShift NONE = new TimeShift(Duration.ZERO);

    private static final Pattern SECONDS = Pattern.compile("[+-]?\\d{1,12}(\\.\\d{1,9})?");

    /** @throws CannotContinue when {@code text} is neither an ISO-8601 duration nor a number of seconds */
    static TimeShift parse(String text) {
        String value = text.strip();
        try {
            return new TimeShift(SECONDS.matcher(value).matches() ? seconds(value) : Duration.parse(value));
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new CannotContinue(
                    "--shift takes a duration such as PT36H, P30D or -PT15M, or a number of seconds, not '" + text
                            + "'.",
                    e);
        }
    }

    /** The shift after which {@code newest} is {@code now}, to the microsecond. */
    static TimeShift between(Instant newest, Instant now) {
        return new TimeShift(Duration.between(newest, now.truncatedTo(ChronoUnit.MICROS)));
    }

    /**
     * Moves the times of a row. What is not a time, or would be out of range, stays unchanged: the service says what is
     * wrong with it.
     */
    String applyTo(String row, LogHeader header) {
        if (by.isZero()) {
            return row;
        }
        try {
            return header.withTimes(row, time -> time.plus(by));
        } catch (DateTimeException | ArithmeticException e) {
            return row;
        }
    }

    /** The shift in a form that {@code --shift} accepts. */
    @Override
    public String toString() {
        return by.toString();
    }

    private static Duration seconds(String text) {
        BigDecimal seconds = new BigDecimal(text);
        return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
    }
}
