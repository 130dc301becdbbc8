package io.replymeter.metrics.provider;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.ResponseMetrics;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A provider's {@link ResponseMetrics} as of {@code asOf}, with the window and the rules they were measured by (rules 5 to
 * 7).
 *
 * @param within one for each time asked for, in their order
 * @param lastUpdated up to when everything sent is counted; null before the topic was read
 */
record ProviderMetrics(
        UUID providerId,
        Status status,
        Window window,
        int minimumSampleSize,
        @JsonUnwrapped ResponseMetrics metrics,
        List<Share> within,
        @Nullable Instant lastUpdated,
        Instant asOf,
        Rules ruleset) {

    /** Whether the sample is large enough for numbers. */
    enum Status {
        AVAILABLE,
        INSUFFICIENT_DATA
    }

    /**
     * The share of the responses that came within a time, by a histogram: those up to 3.2 % later count too.
     *
     * @param time from the start of the clock
     * @param percent 0 to 100, two decimals; null with too small a sample, and without a response
     */
    record Share(Duration time, @Nullable BigDecimal percent) {

        static Share of(Duration time, ResponseMetrics metrics, DailyCounts counts, Ruleset ruleset) {
            if (metrics.averageResponseTimeSeconds() == null) {
                return new Share(time, null);
            }
            long within = time.equals(ruleset.answerWithin())
                    ? counts.answered()
                    : counts.responseTimes().countWithin(Micros.of(time));
            return new Share(time, ResponseMetrics.percent(within, counts.answered() + counts.answeredLate()));
        }
    }

    /** UTC calendar days, both included. */
    record Window(int days, LocalDate from, LocalDate to) {}

    /** The thresholds that the numbers were measured by. */
    record Rules(int version, int generation, @JsonUnwrapped Ruleset thresholds) {}

    static ProviderMetrics of(
            UUID providerId,
            Generation generation,
            ResponseMetrics metrics,
            List<Share> within,
            Instant asOf,
            @Nullable Instant lastUpdated) {
        Ruleset ruleset = generation.ruleset();
        return new ProviderMetrics(
                providerId,
                metrics.responseRatePercent() == null ? Status.INSUFFICIENT_DATA : Status.AVAILABLE,
                new Window(ruleset.windowDays(), ruleset.firstDay(asOf), ruleset.lastDay(asOf)),
                ruleset.minimumSampleSize(),
                metrics,
                within,
                lastUpdated,
                asOf,
                new Rules(Ruleset.VERSION, generation.number(), ruleset));
    }
}
