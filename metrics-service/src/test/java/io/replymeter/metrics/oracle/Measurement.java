package io.replymeter.metrics.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has been measured of a log, in the words of the REST API. Times are in seconds, to the microsecond. */
public interface Measurement {

    /** The metrics of {@code provider}, seen at {@code now} (rules 5 to 7). */
    Metrics metrics(UUID provider, Instant now);

    /** The metrics of each of {@code providers}, in their order. */
    default List<Metrics> metrics(List<UUID> providers, Instant now) {
        return providers.stream().map(provider -> metrics(provider, now)).toList();
    }

    /** The days of the window of {@code provider}, seen at {@code now}, the oldest first, without gaps. */
    List<Day> days(UUID provider, Instant now);

    /**
     * The inquiries in the window of {@code provider}, seen at {@code now}, the newest first.
     *
     * @param outcome of these inquiries; null for all
     */
    List<ProviderInquiry> inquiries(UUID provider, @Nullable Outcome outcome, Instant now);

    /**
     * A provider's metrics over the window.
     *
     * @param status {@code AVAILABLE} or, below the minimum sample size, {@code INSUFFICIENT_DATA}
     * @param unanswered settled inquiries without a response or an excuse that holds
     * @param excused those that do not count
     * @param excusedBeyondAllowance those that count as unanswered all the same
     * @param responseRatePercent 2 decimals, half up; null without sufficient data, as the three times are
     * @param averageResponseTimeSeconds null also without a response, as the median and the 90th percentile are
     */
    record Metrics(
            UUID providerId,
            String status,
            Window window,
            int sampleSize,
            int minimumSampleSize,
            int pending,
            int answered,
            int answeredLate,
            int unanswered,
            int excused,
            int excusedBeyondAllowance,
            @Nullable BigDecimal responseRatePercent,
            @Nullable Double averageResponseTimeSeconds,
            @Nullable Double medianResponseTimeSeconds,
            @Nullable Double p90ResponseTimeSeconds,
            Instant asOf) {}

    /** UTC calendar days, both included. */
    record Window(int days, LocalDate from, LocalDate to) {}

    /**
     * The inquiries a provider got on one UTC day.
     *
     * @param unanswered those without a response, pending ones too, but not the excused ones
     * @param averageResponseTimeSeconds null without a response
     */
    record Day(
            LocalDate date,
            int inquiries,
            int answered,
            int answeredLate,
            int unanswered,
            int excused,
            @Nullable Double averageResponseTimeSeconds) {}

    /** An inquiry of a known provider and its outcome; the response's and the excuse's fields are null where there is none. */
    record ProviderInquiry(
            UUID conversationId,
            UUID clientId,
            UUID initialMessageId,
            Instant askedAt,
            Instant openedAt,
            @Nullable Instant answerBy,
            @Nullable UUID responseMessageId,
            @Nullable Instant respondedAt,
            @Nullable Double responseTimeSeconds,
            @Nullable String excusedBy,
            @Nullable String excuseReason,
            @Nullable Instant excusedAt,
            Outcome outcome) {}
}
