package io.replymeter.metrics.client;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened on each UTC day of a provider's window, oldest first. */
public record DailyMetrics(UUID providerId, List<Day> days) {

    /**
     * Counts of inquiries by the day on which their clock started; {@code unanswered} includes the pending ones, {@code
     * excused} those beyond the allowance. The times are null without a response.
     */
    public record Day(
            LocalDate date,
            int inquiries,
            int answered,
            int answeredLate,
            int unanswered,
            int pending,
            int excused,
            @Nullable Double averageResponseTimeSeconds,
            @Nullable Double medianResponseTimeSeconds) {

        public int sampleSize() {
            return answered + answeredLate + unanswered - pending;
        }
    }
}
