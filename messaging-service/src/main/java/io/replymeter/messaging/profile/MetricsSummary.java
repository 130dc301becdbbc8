package io.replymeter.messaging.profile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the words about a provider are made of: the part of the metrics that the user's row keeps as the last known
 * answer.
 *
 * @param averageResponseTime null if nothing was answered, or too little is known to say
 * @param answered inquiries answered within {@code answerWithin}; at most {@code sampleSize}
 * @param sampleSize settled inquiries of the window
 * @param minimumSampleSize with fewer, no number is shown
 * @param lastUpdated the log time that was applied when the answer was given; null before anything was read
 * @param asOf when the answer was given
 */
record MetricsSummary(
        @Nullable Duration averageResponseTime,
        int answered,
        int sampleSize,
        int minimumSampleSize,
        int windowDays,
        Duration answerWithin,
        @Nullable Instant lastUpdated,
        Instant asOf) {

    /** @throws IllegalArgumentException if the values cannot belong to any provider */
    MetricsSummary {
        require(averageResponseTime == null || !averageResponseTime.isNegative(), "averageResponseTime is negative");
        require(sampleSize >= 0, "sampleSize is negative");
        require(answered >= 0 && answered <= sampleSize, "answered is not within 0 and sampleSize");
        require(minimumSampleSize >= 1, "minimumSampleSize is below 1");
        require(windowDays >= 1, "windowDays is below 1");
        require(answerWithin.toMinutes() >= 1, "answerWithin is below a minute");
    }

    boolean isEnough() {
        return sampleSize >= minimumSampleSize;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
