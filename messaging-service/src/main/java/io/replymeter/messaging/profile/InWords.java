package io.replymeter.messaging.profile;

import java.time.Duration;

/** Response times, rates and counts as a person says them ("In words", criteria 1.1 and 1.2). */
final class InWords {

    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;

    private InWords() {}

    /**
     * At most two units, each dropped unit rounded half up and carried into the next. Seconds are always dropped, and from
     * 24 hours on minutes too: 28 h 29 min 30 s is 28 h 30 min is "1 day 5 hours".
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    static String duration(Duration duration) {
        long minutes = wholeMinutes(duration);
        if (minutes == 0) {
            return "less than a minute";
        }
        if (minutes < HOURS_PER_DAY * MINUTES_PER_HOUR) {
            return twoUnits(hours(minutes / MINUTES_PER_HOUR), minutes(minutes % MINUTES_PER_HOUR));
        }
        long hours = halfUp(minutes, MINUTES_PER_HOUR);
        return twoUnits(counted(hours / HOURS_PER_DAY, "day", "days"), hours(hours % HOURS_PER_DAY));
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

    /**
     * Whole percent, rounded half up; "100%" and "0%" only when exact. It takes the counts, because a percentage that was
     * rounded before no longer tells whether it was exact.
     *
     * @throws IllegalArgumentException unless 0 ≤ answered ≤ sampleSize and 0 &lt; sampleSize
     */
    static String rate(long answered, long sampleSize) {
        if (sampleSize <= 0 || answered < 0 || answered > sampleSize) {
            throw new IllegalArgumentException(answered + " of " + sampleSize + " is not a rate");
        }
        return percent(answered, sampleSize) + "%";
    }

    static String inquiries(long number) {
        return counted(number, "inquiry", "inquiries");
    }

    static String excused(long inquiries) {
        return inquiries(inquiries) + (inquiries == 1 ? " was" : " were") + " excused";
    }

    static String hours(long number) {
        return counted(number, "hour", "hours");
    }

    static String minutes(long number) {
        return counted(number, "minute", "minutes");
    }

    private static String counted(long number, String singular, String plural) {
        return number + " " + (number == 1 ? singular : plural);
    }

    private static long percent(long answered, long sampleSize) {
        if (answered == 0 || answered == sampleSize) {
            return answered == 0 ? 0 : 100;
        }
        long rounded = (200 * answered + sampleSize) / (2 * sampleSize);
        return Math.min(Math.max(rounded, 1), 99);
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
