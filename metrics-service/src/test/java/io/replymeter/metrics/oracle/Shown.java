package io.replymeter.metrics.oracle;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the REST API shows, in its own words; and what it should show, made of what the oracle expects. */
final class Shown {

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
            @Nullable BigDecimal responseRatePercent,
            @Nullable Double averageResponseTimeSeconds,
            @Nullable Double medianResponseTimeSeconds,
            @Nullable Double p90ResponseTimeSeconds,
            @Nullable Instant lastUpdated,
            Instant asOf) {

        ExactMetrics exact() {
            return new ExactMetrics(
                    providerId,
                    status,
                    sampleSize,
                    pending,
                    answered,
                    answeredLate,
                    unanswered,
                    responseRatePercent,
                    averageResponseTimeSeconds);
        }
    }

    record Window(int days, LocalDate from, LocalDate to) {}

    record MetricsOfSeveral(List<Metrics> metrics) {}

    /** The metrics that no sketch makes inexact. */
    record ExactMetrics(
            UUID providerId,
            String status,
            int sampleSize,
            int pending,
            int answered,
            int answeredLate,
            int unanswered,
            @Nullable BigDecimal responseRatePercent,
            @Nullable Double averageResponseTimeSeconds) {

        static ExactMetrics of(UUID provider, ExpectedMetrics expected) {
            return new ExactMetrics(
                    provider,
                    expected.ratePercent() == null ? "INSUFFICIENT_DATA" : "AVAILABLE",
                    expected.sampleSize(),
                    expected.pending(),
                    expected.answered(),
                    expected.answeredLate(),
                    expected.unanswered(),
                    expected.ratePercent(),
                    rounded(expected.averageSeconds()));
        }
    }

    record Day(
            LocalDate date,
            int inquiries,
            int answered,
            int answeredLate,
            int unanswered,
            @Nullable Double averageResponseTimeSeconds) {

        static Day of(ExpectedDay expected) {
            return new Day(
                    expected.date(),
                    expected.inquiries(),
                    expected.answered(),
                    expected.answeredLate(),
                    expected.unanswered(),
                    rounded(expected.averageSeconds()));
        }
    }

    record Days(UUID providerId, List<Day> days) {}

    record Inquiry(
            UUID conversationId,
            UUID clientId,
            UUID initialMessageId,
            Instant openedAt,
            @Nullable UUID responseMessageId,
            @Nullable Instant respondedAt,
            @Nullable Double responseTimeSeconds,
            Outcome outcome) {

        static Inquiry of(ExpectedInquiry expected, Outcome outcome) {
            return new Inquiry(
                    expected.conversationId(),
                    expected.clientId(),
                    expected.initialMessageId(),
                    expected.openedAt(),
                    expected.responseMessageId(),
                    expected.respondedAt(),
                    expected.responseMessageId() == null
                            ? null
                            : rounded(ResponseTimes.of(List.of(expected)).average()),
                    outcome);
        }
    }

    record Inquiries(List<Inquiry> inquiries, @Nullable String nextCursor) {}

    /** @param inquiries how many the facts derive */
    record Integrity(long inquiries, long differences, List<Object> shown) {}

    private Shown() {}

    /** To the microsecond. */
    static @Nullable Double rounded(@Nullable BigDecimal seconds) {
        return seconds == null
                ? null
                : requireNonNull(seconds.setScale(6, RoundingMode.HALF_UP)).doubleValue();
    }
}
