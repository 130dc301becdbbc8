package io.replymeter.metrics.provider;

import io.replymeter.measurement.ResponseMetrics;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A provider's {@link ResponseMetrics} as of {@code asOf}, with the window and the rules they were measured by (rules 5 to
 * 7).
 *
 * @param lastUpdated up to when everything sent is counted; null before the topic was read
 */
record ProviderMetrics(
        UUID providerId,
        Status status,
        Window window,
        long sampleSize,
        int minimumSampleSize,
        long pending,
        long answered,
        long answeredLate,
        long unanswered,
        @Nullable BigDecimal responseRatePercent,
        @Nullable Double averageResponseTimeSeconds,
        @Nullable Double medianResponseTimeSeconds,
        @Nullable Double p90ResponseTimeSeconds,
        @Nullable Instant lastUpdated,
        Instant asOf,
        Rules ruleset) {

    /** Whether the sample is large enough for numbers. */
    enum Status {
        AVAILABLE,
        INSUFFICIENT_DATA
    }

    /** UTC calendar days, both included. */
    record Window(int days, LocalDate from, LocalDate to) {}

    /** The thresholds that the numbers were measured by. */
    record Rules(
            int version,
            int generation,
            Duration answerWithin,
            Duration horizon,
            Duration reinquirySilence,
            int windowDays,
            int minimumSampleSize) {

        static Rules of(Generation generation) {
            Ruleset ruleset = generation.ruleset();
            return new Rules(
                    Ruleset.VERSION,
                    generation.number(),
                    ruleset.answerWithin(),
                    ruleset.horizon(),
                    ruleset.reinquirySilence(),
                    ruleset.windowDays(),
                    ruleset.minimumSampleSize());
        }
    }

    static ProviderMetrics of(
            UUID providerId,
            Generation generation,
            ResponseMetrics metrics,
            Instant asOf,
            @Nullable Instant lastUpdated) {
        Ruleset ruleset = generation.ruleset();
        return new ProviderMetrics(
                providerId,
                metrics.responseRatePercent() == null ? Status.INSUFFICIENT_DATA : Status.AVAILABLE,
                new Window(ruleset.windowDays(), ruleset.firstDay(asOf), ruleset.lastDay(asOf)),
                metrics.sampleSize(),
                ruleset.minimumSampleSize(),
                metrics.pending(),
                metrics.answered(),
                metrics.answeredLate(),
                metrics.unanswered(),
                metrics.responseRatePercent(),
                metrics.averageResponseTimeSeconds(),
                metrics.medianResponseTimeSeconds(),
                metrics.p90ResponseTimeSeconds(),
                lastUpdated,
                asOf,
                Rules.of(generation));
    }
}
