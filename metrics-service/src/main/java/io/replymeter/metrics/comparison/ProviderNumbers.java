package io.replymeter.metrics.comparison;

import io.replymeter.metrics.comparison.Verification.Largest;
import io.replymeter.metrics.provider.ProviderMetrics;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What readers see of a provider under one generation; null where they see no number. */
public record ProviderNumbers(
        long sampleSize,
        long pending,
        long answered,
        long answeredLate,
        long unanswered,
        @Nullable BigDecimal responseRatePercent,
        @Nullable Double averageResponseTimeSeconds,
        @Nullable Double medianResponseTimeSeconds,
        @Nullable Double p90ResponseTimeSeconds) {

    static ProviderNumbers of(ProviderMetrics metrics) {
        return new ProviderNumbers(
                metrics.sampleSize(),
                metrics.pending(),
                metrics.answered(),
                metrics.answeredLate(),
                metrics.unanswered(),
                metrics.responseRatePercent(),
                metrics.averageResponseTimeSeconds(),
                metrics.medianResponseTimeSeconds(),
                metrics.p90ResponseTimeSeconds());
    }

    /** The larger of {@code largest} and what these differ from {@code other} by. */
    Largest largest(ProviderNumbers other, Largest largest) {
        return new Largest(
                Math.max(largest.sampleSize(), Math.abs(sampleSize - other.sampleSize)),
                max(largest.responseRatePercent(), responseRatePercent, other.responseRatePercent),
                max(largest.averageResponseTimeSeconds(), averageResponseTimeSeconds, other.averageResponseTimeSeconds),
                max(largest.medianResponseTimeSeconds(), medianResponseTimeSeconds, other.medianResponseTimeSeconds),
                max(largest.p90ResponseTimeSeconds(), p90ResponseTimeSeconds, other.p90ResponseTimeSeconds));
    }

    private static double max(double largest, @Nullable Number one, @Nullable Number other) {
        double difference = (one == null ? 0 : one.doubleValue()) - (other == null ? 0 : other.doubleValue());
        return Math.max(largest, Math.abs(difference));
    }
}
