package io.replymeter.metrics.comparison;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.replymeter.measurement.ResponseMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of a generation with the live one found.
 *
 * @param obstacle why nothing could be compared, because the live generation cannot be read on; null if it was compared
 * @param comparedSince the first UTC day compared: earlier ones are about to be cleaned up
 * @param offsets by partition: how far both had read
 * @param rows by layer: conversation, inquiry, dailyMetrics
 * @param largest the largest difference of each metric, over all providers
 * @param differences how many rows differ, in all layers
 * @param beganBeforeTopic how many of them belong to threads that began before the topic's first record
 */
public record Verification(
        Instant verifiedAt,
        Instant validUntil,
        @Nullable String obstacle,
        @Nullable LocalDate comparedSince,
        Map<Integer, Long> offsets,
        Compared providers,
        Map<String, Compared> rows,
        Largest largest,
        long differences,
        long beganBeforeTopic,
        long liveWaitedMilliseconds,
        long tookMilliseconds) {

    /** How many were compared, and how many of them differ. */
    public record Compared(long compared, long different) {

        static final Compared NONE = new Compared(0, 0);

        Compared plus(Compared other) {
            return new Compared(compared + other.compared, different + other.different);
        }
    }

    /** Absolute; zero where no provider differs. A number that only one generation shows counts as a whole. */
    public record Largest(
            long sampleSize,
            double responseRatePercent,
            double averageResponseTimeSeconds,
            double medianResponseTimeSeconds,
            double p90ResponseTimeSeconds) {

        static final Largest NONE = new Largest(0, 0, 0, 0, 0);

        /** The larger of these and of the differences between {@code one} and {@code other}. */
        Largest orLargerOf(ResponseMetrics one, ResponseMetrics other) {
            return new Largest(
                    Math.max(sampleSize, Math.abs(one.sampleSize() - other.sampleSize())),
                    max(responseRatePercent, one.responseRatePercent(), other.responseRatePercent()),
                    max(
                            averageResponseTimeSeconds,
                            one.averageResponseTimeSeconds(),
                            other.averageResponseTimeSeconds()),
                    max(medianResponseTimeSeconds, one.medianResponseTimeSeconds(), other.medianResponseTimeSeconds()),
                    max(p90ResponseTimeSeconds, one.p90ResponseTimeSeconds(), other.p90ResponseTimeSeconds()));
        }

        private static double max(double largest, @Nullable Number one, @Nullable Number other) {
            double difference = (one == null ? 0 : one.doubleValue()) - (other == null ? 0 : other.doubleValue());
            return Math.max(largest, Math.abs(difference));
        }
    }

    /** Nothing could be compared, and nothing can be for now. */
    public static Verification impossible(Instant at, Duration validFor, String obstacle) {
        return new Verification(
                at, at.plus(validFor), obstacle, null, Map.of(), Compared.NONE, Map.of(), Largest.NONE, 0, 0, 0, 0);
    }

    /** Whether both generations were compared, and are the same. */
    @JsonIgnore
    public boolean isClean() {
        return obstacle == null && differences == 0 && providers.different() == 0;
    }
}
