package io.replymeter.messaging.profile;

import io.replymeter.messaging.words.Words;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The response metrics as a profile shows them (criteria 1.1 to 1.3 and 4.1 to 4.4), or why there are none. */
@Schema(oneOf = {ResponseMetricsText.Shown.class, ResponseMetricsText.NotShown.class})
sealed interface ResponseMetricsText {

    /** The text when neither a current nor an earlier answer is known. */
    static ResponseMetricsText unavailable(Words words) {
        return new NotShown(Reason.UNAVAILABLE, words.say("unavailable"), words.say("unavailable.note"));
    }

    /**
     * What {@code metrics} say, in words.
     *
     * @param stale whether this is an earlier answer, served because the current one could not be read
     */
    static ResponseMetricsText of(MetricsSummary metrics, boolean stale, Words words) {
        return metrics.isEnough() ? Shown.of(metrics, stale, words) : noData(metrics, words);
    }

    /** The text for too little data. It depends only on the rules, never on the provider. */
    static ResponseMetricsText noData(MetricsSummary metrics, Words words) {
        return new NotShown(
                Reason.INSUFFICIENT_DATA,
                words.say("no-data"),
                words.say(
                        "no-data.note",
                        Map.of(
                                "inquiries", metrics.minimumSampleSize(),
                                "days", metrics.windowDays(),
                                "threshold", words.threshold(metrics.answerWithin()))));
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

            Labels labels,
            Help help)
            implements ResponseMetricsText {

        private static Shown of(MetricsSummary metrics, boolean stale, Words words) {
            Map<String, Integer> counts = Map.of("inquiries", metrics.sampleSize(), "days", metrics.windowDays());
            return new Shown(
                    responseTime(metrics.medianResponseTime(), words, counts),
                    responseTime(metrics.averageResponseTime(), words, counts),
                    words.rate(metrics.answered(), metrics.sampleSize()),
                    metrics.windowDays(),
                    words.say("period", counts),
                    metrics.sampleSize(),
                    words.say("basis", counts),
                    metrics.excused() == 0 ? null : words.say("excused", Map.of("inquiries", metrics.excused())),
                    metrics.lastUpdated(),
                    metrics.asOf(),
                    stale,
                    Labels.of(words),
                    Help.of(metrics, words));
        }

        private static String responseTime(@Nullable Duration time, Words words, Map<String, Integer> counts) {
            return time == null ? words.say("no-responses", counts) : words.duration(time);
        }
    }

    /** Why no numbers are shown. */
    enum Reason {
        INSUFFICIENT_DATA,
        UNAVAILABLE
    }

    @Schema(name = "NoResponseMetrics", description = "Why no numbers are shown.")
    record NotShown(
            @Schema(description = "UNAVAILABLE if they could not be read just now.")
            Reason reason,

            @Schema(example = "No response data available") String displayText,

            @Schema(
                    example = "This needs at least 3 inquiries in the last 30 days, each answered or more than"
                            + " 24 hours old; excused ones do not count.")
            String note)
            implements ResponseMetricsText {}

    @Schema(description = "What each number is called.")
    record Labels(
            @Schema(example = "Typical response time") String typicalResponseTime,
            @Schema(example = "Average response time") String averageResponseTime,
            @Schema(example = "Response rate") String responseRate,

            @Schema(example = "Last known answer", description = "What to say before the age of stale numbers.")
            String lastKnown) {

        private static Labels of(Words words) {
            return new Labels(
                    words.say("label.typical"),
                    words.say("label.average"),
                    words.say("label.rate"),
                    words.say("label.last-known"));
        }
    }

    @Schema(description = "What each number means.")
    record Help(
            @Schema(example = "Half of the responses were at least this quick.")
            String typicalResponseTime,

            @Schema(
                    example = "The mean time to the provider's first response, from an inquiry or, if it came outside"
                            + " opening hours, from the next opening.")
            String averageResponseTime,

            @Schema(
                    example = "Responses within 24 hours, as a share of the inquiries. Excused ones, and those that may"
                            + " still be answered in time, do not count.")
            String responseRate) {

        private static Help of(MetricsSummary metrics, Words words) {
            return new Help(
                    words.say("help.typical"),
                    words.say("help.average"),
                    words.say("help.rate", Map.of("threshold", words.threshold(metrics.answerWithin()))));
        }
    }
}
