package io.replymeter.local.imports;

import io.replymeter.local.stack.CannotContinue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
     * Moves the time in the last cell of a row. A cell that is not a time stays unchanged: the service says what is wrong
     * with it.
     */
    String applyTo(String row) {
        if (by.isZero()) {
            return row;
        }
        Instant time = time(row);
        try {
            return time == null ? row : row.substring(0, row.lastIndexOf(',') + 1) + time.plus(by);
        } catch (DateTimeException | ArithmeticException e) {
            return row;
        }
    }

    /** The time in the last cell of a row; null if that is not a time. */
    static @Nullable Instant time(String row) {
        String cell = row.substring(row.lastIndexOf(',') + 1).strip();
        String text = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"")
                ? cell.substring(1, cell.length() - 1)
                : cell;
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
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
