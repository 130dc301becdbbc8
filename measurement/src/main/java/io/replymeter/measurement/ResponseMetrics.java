package io.replymeter.measurement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How quickly and how reliably a provider answers (rule 7). With too small a sample the rate and the times are null;
 * without a response the times are. Times are in seconds.
 *
 * @param sampleSize the settled inquiries: all but the pending and the excused ones
 * @param pending those that can still be answered in time
 * @param answeredLate those answered after {@link Ruleset#answerWithin()}
 * @param unanswered overdue, never answered, or excused beyond the allowance
 * @param excused those that do not count: excused by the platform, or by the provider within the allowance (rule 5)
 * @param excusedBeyondAllowance those that the provider excused beyond {@link Ruleset#excuseAllowance}
 * @param responseRatePercent 0 to 100, two decimals
 */
public record ResponseMetrics(
        long sampleSize,
        long pending,
        long answered,
        long answeredLate,
        long unanswered,
        long excused,
        long excusedBeyondAllowance,
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
        long beyond = Math.max(0, counts.excusedByProvider() - ruleset.excuseAllowance(counts.inquiries()));
        long excused = counts.excusedByPlatform() + counts.excusedByProvider() - beyond;
        long sampleSize = counts.inquiries() - pending - excused;
        long responses = counts.answered() + counts.answeredLate();
        boolean available = sampleSize >= ruleset.minimumSampleSize();
        boolean timed = available && responses > 0;
        return new ResponseMetrics(
                sampleSize,
                pending,
                counts.answered(),
                counts.answeredLate(),
                counts.open() - pending + beyond,
                excused,
                beyond,
                available ? percent(counts.answered(), sampleSize) : null,
                timed ? Micros.seconds((double) counts.responseMicros() / responses) : null,
                timed ? seconds(counts.responseTimes().percentile(0.5)) : null,
                timed ? seconds(counts.responseTimes().percentile(0.9)) : null);
    }

    /** {@code part} of {@code whole} (not 0) in percent, with two decimals. */
    public static BigDecimal percent(long part, long whole) {
        return BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }

    private static double seconds(OptionalDouble micros) {
        return Micros.seconds(micros.orElseThrow());
    }
}
