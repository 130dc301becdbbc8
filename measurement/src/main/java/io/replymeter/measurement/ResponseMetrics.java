package io.replymeter.measurement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How quickly and how reliably a provider answers (rule 7). With too small a sample the rate and the times are null;
 * without a response the times are. Times are in seconds.
 *
 * @param sampleSize the settled inquiries: all but the pending ones
 * @param pending those that can still be answered in time
 * @param answeredLate those answered after {@link Ruleset#answerWithin()}
 * @param unanswered overdue, or never answered
 * @param responseRatePercent 0 to 100, two decimals
 */
public record ResponseMetrics(
        long sampleSize,
        long pending,
        long answered,
        long answeredLate,
        long unanswered,
        @Nullable BigDecimal responseRatePercent,
        @Nullable Double averageResponseTimeSeconds,
        @Nullable Double medianResponseTimeSeconds,
        @Nullable Double p90ResponseTimeSeconds) {

    /**
     * The metrics of a window.
     *
     * @param counts of the window's days
     * @param pending how many of the counted inquiries can still be answered in time
     */
    public static ResponseMetrics of(DailyCounts counts, long pending, Ruleset ruleset) {
        long sampleSize = counts.inquiries() - pending;
        long responses = counts.answered() + counts.answeredLate();
        boolean available = sampleSize >= ruleset.minimumSampleSize();
        boolean timed = available && responses > 0;
        return new ResponseMetrics(
                sampleSize,
                pending,
                counts.answered(),
                counts.answeredLate(),
                counts.open() - pending,
                available ? percent(counts.answered(), sampleSize) : null,
                timed ? Micros.seconds((double) counts.responseMicros() / responses) : null,
                timed ? seconds(counts.responseTimes().percentile(0.5)) : null,
                timed ? seconds(counts.responseTimes().percentile(0.9)) : null);
    }

    private static BigDecimal percent(long part, long whole) {
        return BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }

    private static double seconds(OptionalDouble micros) {
        return Micros.seconds(micros.orElseThrow());
    }
}
