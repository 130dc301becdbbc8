package io.replymeter.metrics.provider;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How quickly and how reliably a provider answers, as of {@code asOf} (rules 5 to 7). With too small a sample the rate
 * and the times are null; without a response the times are. Times are in seconds.
 *
 * @param sampleSize the settled inquiries: all but the pending ones
 * @param pending those that can still be answered in time
 * @param unanswered overdue, or never answered
 * @param responseRatePercent 0 to 100, two decimals
 * @param lastUpdated up to when everything sent is counted; null before the topic was read
 */
public record ProviderMetrics(
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
    public enum Status {
        AVAILABLE,
        INSUFFICIENT_DATA
    }

    /** UTC calendar days, both included. */
    public record Window(int days, LocalDate from, LocalDate to) {}

    /** The rules that these numbers stand under. */
    public record Rules(
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

    /** @param counts of the window's days */
    public static ProviderMetrics of(
            UUID providerId,
            Generation generation,
            DailyCounts counts,
            long pending,
            Instant asOf,
            @Nullable Instant lastUpdated) {
        Ruleset ruleset = generation.ruleset();
        long sampleSize = counts.inquiries() - pending;
        long responses = counts.answered() + counts.answeredLate();
        boolean available = sampleSize >= ruleset.minimumSampleSize();
        boolean timed = available && responses > 0;
        return new ProviderMetrics(
                providerId,
                available ? Status.AVAILABLE : Status.INSUFFICIENT_DATA,
                new Window(ruleset.windowDays(), ruleset.firstDay(asOf), ruleset.lastDay(asOf)),
                sampleSize,
                ruleset.minimumSampleSize(),
                pending,
                counts.answered(),
                counts.answeredLate(),
                counts.open() - pending,
                available ? percent(counts.answered(), sampleSize) : null,
                timed ? Micros.seconds((double) counts.responseMicros() / responses) : null,
                timed ? seconds(counts.responseTimes().percentile(0.5)) : null,
                timed ? seconds(counts.responseTimes().percentile(0.9)) : null,
                lastUpdated,
                asOf,
                Rules.of(generation));
    }

    private static BigDecimal percent(long part, long whole) {
        return BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }

    private static double seconds(OptionalDouble micros) {
        return Micros.seconds(micros.orElseThrow());
    }
}
