package io.replymeter.metrics.provider;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replymeter.measurement.ResponseMetrics;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
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
        int minimumSampleSize,
        @JsonUnwrapped ResponseMetrics metrics,
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
    record Rules(int version, int generation, @JsonUnwrapped Ruleset thresholds) {}

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
                ruleset.minimumSampleSize(),
                metrics,
                lastUpdated,
                asOf,
                new Rules(Ruleset.VERSION, generation.number(), ruleset));
    }
}
