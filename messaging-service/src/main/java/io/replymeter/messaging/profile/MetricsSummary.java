package io.replymeter.messaging.profile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a provider's metrics that the words are made of. The user's row keeps it as the last known answer.
 *
 * @param averageResponseTime null if nothing was answered, or if there is too little data
 * @param answered inquiries answered within {@code answerWithin}; at most {@code sampleSize}
 * @param sampleSize settled inquiries of the window
 * @param minimumSampleSize with fewer, no number is shown
 * @param lastUpdated the watermark when the answer was given; null before anything was read
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

    /** The average as the row keeps it: in minutes, rounded half up, which changes none of the words. */
    @Nullable Long averageMinutes() {
        return averageResponseTime == null ? null : InWords.wholeMinutes(averageResponseTime);
    }

    boolean isEnough() {
        return sampleSize >= minimumSampleSize;
    }
}
