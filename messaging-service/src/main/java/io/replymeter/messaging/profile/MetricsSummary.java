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

    /** The average as it is kept: in minutes, rounded half up; no word is lost by it. */
    @Nullable Long averageMinutes() {
        return averageResponseTime == null ? null : DurationInWords.wholeMinutes(averageResponseTime);
    }

    boolean isEnough() {
        return sampleSize >= minimumSampleSize;
    }
}
