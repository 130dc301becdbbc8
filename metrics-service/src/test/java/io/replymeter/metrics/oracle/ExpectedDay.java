package io.replymeter.metrics.oracle;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The inquiries a provider got on one UTC day.
 *
 * @param unanswered those without a response, pending ones too
 * @param averageSeconds of both kinds of answered ones; null where there are none
 */
record ExpectedDay(
        LocalDate date,
        int inquiries,
        int answered,
        int answeredLate,
        int unanswered,
        @Nullable BigDecimal averageSeconds) {}
