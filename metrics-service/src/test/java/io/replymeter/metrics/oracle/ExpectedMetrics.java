package io.replymeter.metrics.oracle;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A provider's metrics over the window (rules 5 to 7).
 *
 * @param ratePercent 2 decimals, half up; null where {@code sampleSize} is below the minimum, as the three times are
 * @param averageSeconds to 34 digits; null also without a response, as the median and the 90th percentile are
 * @param medianSeconds exact, interpolated linearly
 * @param p90Seconds exact, interpolated linearly
 */
record ExpectedMetrics(
        int answered,
        int answeredLate,
        int pending,
        int overdue,
        int noResponse,
        @Nullable BigDecimal ratePercent,
        @Nullable BigDecimal averageSeconds,
        @Nullable BigDecimal medianSeconds,
        @Nullable BigDecimal p90Seconds) {

    /** Settled inquiries without a response. */
    int unanswered() {
        return overdue + noResponse;
    }

    /** All but the pending. */
    int sampleSize() {
        return answered + answeredLate + unanswered();
    }
}
