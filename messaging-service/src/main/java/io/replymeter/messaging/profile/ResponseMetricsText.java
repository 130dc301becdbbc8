package io.replymeter.messaging.profile;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The response metrics as a profile shows them (criteria 1.1 to 1.3 and 4.1 to 4.4), or why there are none. */
@Schema(oneOf = {ResponseMetricsText.Shown.class, ResponseMetricsText.NotShown.class})
sealed interface ResponseMetricsText {

    /** The text when neither a current nor an earlier answer is known. */
    ResponseMetricsText UNAVAILABLE = new NotShown(
            "Response data temporarily unavailable",
            "The response metrics could not be read just now. Please look again in a few minutes.");

    /**
     * What {@code metrics} say, in words.
     *
     * @param stale whether this is an earlier answer, served because the current one could not be read
     */
    static ResponseMetricsText of(MetricsSummary metrics, boolean stale) {
        return metrics.isEnough() ? Shown.of(metrics, stale) : noData(metrics);
    }

    /** The text for too little data. It depends only on the rules, never on the provider. */
    static ResponseMetricsText noData(MetricsSummary metrics) {
        return new NotShown(
                "No response data available",
                "This needs at least %s in %s, each answered or more than %s old; excused ones do not count."
                        .formatted(
                                InWords.inquiries(metrics.minimumSampleSize()),
                                lastDays(metrics),
                                threshold(metrics.answerWithin())));
    }

    @Schema(name = "ResponseMetrics", description = "How quickly and how reliably the provider answers.")
    record Shown(
            @Schema(example = "1 hour") String typicalResponseTime,
            @Schema(example = "2 hours 30 minutes") String averageResponseTime,
            @Schema(example = "85%") String responseRate,
            @Schema(example = "30") int basedOnDays,
            @Schema(example = "Based on the last 30 days") String period,

            @Schema(example = "15", description = "How many inquiries the numbers are based on.")
            int sampleSize,

            @Schema(example = "Based on 15 inquiries in the last 30 days")
            String basis,

            @Schema(example = "2 inquiries were excused", description = "Null if none was excused.") @Nullable String excused,

            @Schema(description = "Messages up to this moment are counted; null while none has been read.") @Nullable Instant lastUpdated,

            @Schema(description = "When the numbers were calculated.")
            Instant asOf,

            @Schema(description = "True if this is an earlier answer, because the current one could not be read.")
            boolean stale,

            Help help)
            implements ResponseMetricsText {

        private static Shown of(MetricsSummary metrics, boolean stale) {
            return new Shown(
                    responseTime(metrics.medianResponseTime(), metrics),
                    responseTime(metrics.averageResponseTime(), metrics),
                    InWords.rate(metrics.answered(), metrics.sampleSize()),
                    metrics.windowDays(),
                    "Based on " + lastDays(metrics),
                    metrics.sampleSize(),
                    "Based on %s in %s".formatted(InWords.inquiries(metrics.sampleSize()), lastDays(metrics)),
                    metrics.excused() == 0 ? null : InWords.excused(metrics.excused()),
                    metrics.lastUpdated(),
                    metrics.asOf(),
                    stale,
                    Help.of(metrics));
        }
    }

    @Schema(name = "NoResponseMetrics", description = "Why no numbers are shown.")
    record NotShown(
            @Schema(example = "No response data available") String displayText,

            @Schema(
                    example = "This needs at least 3 inquiries in the last 30 days, each answered or more than"
                            + " 24 hours old; excused ones do not count.")
            String note)
            implements ResponseMetricsText {}

    @Schema(description = "What each number means.")
    record Help(
            @Schema(example = "Half of the responses were at least this quick.")
            String typicalResponseTime,

            @Schema(example = AVERAGE) String averageResponseTime,

            @Schema(
                    example = "Responses within 24 hours, as a share of the inquiries. Excused ones, and those that may"
                            + " still be answered in time, do not count.")
            String responseRate) {

        private static final String AVERAGE =
                "The mean time to the provider's first response, from an inquiry or, if it"
                        + " came outside opening hours, from the next opening.";

        private static Help of(MetricsSummary metrics) {
            return new Help(
                    "Half of the responses were at least this quick.",
                    AVERAGE,
                    ("Responses within %s, as a share of the inquiries. Excused ones, and those that may still be"
                                    + " answered in time, do not count.")
                            .formatted(threshold(metrics.answerWithin())));
        }
    }

    private static String responseTime(@Nullable Duration time, MetricsSummary metrics) {
        return time == null ? "No responses in " + lastDays(metrics) : InWords.duration(time);
    }

    private static String lastDays(MetricsSummary metrics) {
        return metrics.windowDays() == 1 ? "the last day" : "the last " + metrics.windowDays() + " days";
    }

    /** "24 hours", not "1 day": thresholds read as the rules name them (criterion 4.3). */
    private static String threshold(Duration threshold) {
        boolean wholeHours = threshold.toMinutes() % 60 == 0;
        return wholeHours ? InWords.hours(threshold.toHours()) : InWords.minutes(threshold.toMinutes());
    }
}
