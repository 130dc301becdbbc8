package io.replymeter.messaging.profile;

import java.time.Duration;

/**
 * A response time as a person says it ("In words" and criterion 1.1): at most two units, each dropped unit rounded half
 * up and carried into the next. Seconds are always dropped, and from 24 hours on minutes too, so 28 h 29 min 30 s is
 * 28 h 30 min is "1 day 5 hours".
 */
final class DurationInWords {

    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;

    private DurationInWords() {}

    /** @throws IllegalArgumentException if the duration is negative */
    static String of(Duration duration) {
        long minutes = wholeMinutes(duration);
        if (minutes == 0) {
            return "less than a minute";
        }
        if (minutes < HOURS_PER_DAY * MINUTES_PER_HOUR) {
            return twoUnits(
                    Counted.hours(minutes / MINUTES_PER_HOUR),
                    Counted.of(minutes % MINUTES_PER_HOUR, "minute", "minutes"));
        }
        long hours = halfUp(minutes, MINUTES_PER_HOUR);
        return twoUnits(Counted.of(hours / HOURS_PER_DAY, "day", "days"), Counted.hours(hours % HOURS_PER_DAY));
    }

    /**
     * The duration in minutes, rounded half up. It loses nothing that the words would show.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    static long wholeMinutes(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a response time is never negative");
        }
        return halfUp(duration.toSeconds(), 60);
    }

    private static long halfUp(long amount, int perUnit) {
        return (amount + perUnit / 2) / perUnit;
    }

    private static String twoUnits(String larger, String smaller) {
        if (larger.startsWith("0 ")) {
            return smaller;
        }
        return smaller.startsWith("0 ") ? larger : larger + " " + smaller;
    }
}
