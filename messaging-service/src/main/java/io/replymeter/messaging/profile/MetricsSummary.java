package io.replymeter.messaging.profile;

import io.replymeter.messaging.words.Words;
import io.replymeter.metrics.client.ResponseMetrics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a provider's metrics that the words are made of. The user's row keeps it as the last known answer.
 *
 * @param averageResponseTime null if nothing was answered, or if there is too little data
 * @param medianResponseTime null if and only if the average is
 * @param answered inquiries answered within {@code answerWithin}; at most {@code sampleSize}
 * @param sampleSize inquiries of the window that are neither pending nor excused
 * @param excused inquiries of the window that were excused
 * @param minimumSampleSize with fewer, no number is shown
 * @param lastUpdated the watermark when the answer was given; null before anything was read
 * @param asOf when the answer was given
 */
record MetricsSummary(
        @Nullable Duration averageResponseTime,
        @Nullable Duration medianResponseTime,
        int answered,
        int sampleSize,
        int excused,
        int minimumSampleSize,
        int windowDays,
        Duration answerWithin,
        @Nullable Instant lastUpdated,
        Instant asOf) {

    static MetricsSummary of(ResponseMetrics metrics) {
        return new MetricsSummary(
                duration(metrics.averageResponseTimeSeconds()),
                duration(metrics.medianResponseTimeSeconds()),
                metrics.answered(),
                metrics.sampleSize(),
                metrics.excused(),
                metrics.minimumSampleSize(),
                metrics.window().days(),
                metrics.ruleset().answerWithin(),
                metrics.lastUpdated(),
                metrics.asOf());
    }

    private static @Nullable Duration duration(@Nullable BigDecimal seconds) {
        return seconds == null
                ? null
                : Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    /** The average as the row keeps it: in minutes, rounded half up, which changes none of the words. */
    @Nullable Long averageMinutes() {
        return averageResponseTime == null ? null : Words.wholeMinutes(averageResponseTime);
    }

    /** The median as the row keeps it, like the average. */
    @Nullable Long medianMinutes() {
        return medianResponseTime == null ? null : Words.wholeMinutes(medianResponseTime);
    }

    boolean isEnough() {
        return sampleSize >= minimumSampleSize;
    }
}
