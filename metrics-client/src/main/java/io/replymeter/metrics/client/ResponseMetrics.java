package io.replymeter.metrics.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A provider's response metrics as the metrics API gives them; a number is null when it cannot be given. */
@Schema(name = "ResponseMetricsNumbers")
public record ResponseMetrics(
        UUID providerId,

        @Schema(allowableValues = {"AVAILABLE", "INSUFFICIENT_DATA"})
        String status,

        Window window,

        @Schema(description = "Inquiries that are neither pending nor excused: answered + answeredLate + unanswered.")
        int sampleSize,

        int minimumSampleSize,

        @Schema(description = "Inquiries that may still be answered in time; not in the sample.")
        int pending,

        @Schema(description = "Answered in time.") int answered,
        int answeredLate,

        @Schema(description = "Overdue, or never answered; those excused beyond the allowance are among them.")
        int unanswered,

        @Schema(description = "Inquiries that were excused; neither in the sample nor in any number.")
        @JsonSetter(nulls = Nulls.AS_EMPTY) // 0 if metrics-service is of an earlier version
        int excused,

        @Schema(description = "Inquiries that the provider excused beyond the allowance; they count as not responded.")
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        int excusedBeyondAllowance,

        @Nullable BigDecimal responseRatePercent,
        @Nullable BigDecimal averageResponseTimeSeconds,
        @Nullable BigDecimal medianResponseTimeSeconds,
        @Nullable BigDecimal p90ResponseTimeSeconds,

        // Not of those who pass the numbers on: they asked for none.
        @Schema(hidden = true) @JsonSetter(nulls = Nulls.AS_EMPTY) @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Share> within,

        @Nullable Instant lastUpdated,
        Instant asOf,
        Ruleset ruleset) {

    /** The metrics of several providers. */
    public record Several(List<ResponseMetrics> metrics) {}

    /** How many percent of the responses came within a time; null with too small a sample, and without a response. */
    public record Share(Duration time, @Nullable BigDecimal percent) {}

    /** The days that count, in UTC, both included. */
    public record Window(int days, LocalDate from, LocalDate to) {}

    /** The rules by which the numbers were measured. */
    public record Ruleset(
            int version, int generation, Duration answerWithin, Duration horizon, Duration reinquirySilence) {}

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** @throws RuntimeException if something is missing, or the numbers cannot belong to any provider */
    public ResponseMetrics {
        requireNonNull(providerId, "providerId");
        requireNonNull(status, "status");
        requireNonNull(asOf, "asOf");
        within = List.copyOf(within);
        check(window.days() >= 1, "window");
        check(ruleset.answerWithin().toMinutes() >= 1, "answerWithin");
        check(minimumSampleSize >= 1, "minimumSampleSize");
        check(sampleSize >= 0, "sampleSize");
        check(answered >= 0 && answered <= sampleSize, "answered");
        check(excused >= 0, "excused");
        check(averageResponseTimeSeconds == null || averageResponseTimeSeconds.signum() >= 0, "average");
        check(medianResponseTimeSeconds == null || medianResponseTimeSeconds.signum() >= 0, "median");
        check((medianResponseTimeSeconds == null) == (averageResponseTimeSeconds == null), "median");
        check(responseRatePercent == null || isPercentage(responseRatePercent), "responseRatePercent");
    }

    private static boolean isPercentage(BigDecimal value) {
        return value.signum() >= 0 && value.compareTo(HUNDRED) <= 0;
    }

    private static void check(boolean possible, String what) {
        if (!possible) {
            throw new IllegalArgumentException(what + " is impossible");
        }
    }
}
