package io.replymeter.metrics.comparison;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of a generation with the live one found.
 *
 * @param obstacle why nothing could be compared, because the live side stands still; null if it was
 * @param comparedSince the first UTC day compared: what lies before it is about to be cleaned up
 * @param offsets by partition: where both stood
 * @param rows by layer: conversation, inquiry, dailyMetrics
 * @param largest the largest difference of each metric, over all providers
 * @param differences how many rows differ, of all layers
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
    }

    /** Absolute; zero where no provider differs. A number that only one generation shows counts as a whole. */
    public record Largest(
            long sampleSize,
            double responseRatePercent,
            double averageResponseTimeSeconds,
            double medianResponseTimeSeconds,
            double p90ResponseTimeSeconds) {

        static final Largest NONE = new Largest(0, 0, 0, 0, 0);
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
