package io.replymeter.messaging.profile;

import io.replymeter.messaging.words.Words;
import io.replymeter.metrics.client.DailyMetrics;
import io.replymeter.metrics.client.DailyMetrics.Day;
import io.replymeter.metrics.client.Distribution;
import io.replymeter.metrics.client.Distribution.Range;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind a provider's own numbers, with words: each day, and how long the responses took. */
final class OwnHistory {

    private OwnHistory() {}

    @Schema(description = "Each UTC day of the window, oldest first.")
    record OwnDays(List<OwnDay> days) {

        static OwnDays of(DailyMetrics days, Words words) {
            return new OwnDays(
                    days.days().stream().map(day -> OwnDay.of(day, words)).toList());
        }
    }

    record OwnDay(
            LocalDate date,

            @Schema(example = "5 December") String day,

            @Schema(description = "Inquiries whose clock started on the day.")
            int inquiries,

            @Schema(description = "Those of them that may still be answered in time; not in the sample.")
            int pending,

            @Schema(description = "Those that are neither pending nor excused.")
            int sampleSize,

            @Schema(description = "Those answered in time.") int answered,

            @Schema(example = "85%", description = "Null without a sample.") @Nullable String responseRate,

            @Schema(description = "The median of the day's responses; null without one.") @Nullable Double typicalResponseTimeSeconds,

            @Schema(example = "9 minutes") @Nullable String typicalResponseTime) {

        private static OwnDay of(Day day, Words words) {
            Double median = day.medianResponseTimeSeconds();
            return new OwnDay(
                    day.date(),
                    words.say("day", Map.of("day", day.date())),
                    day.inquiries(),
                    day.pending(),
                    day.sampleSize(),
                    day.answered(),
                    day.sampleSize() == 0 ? null : words.rate(day.answered(), day.sampleSize()),
                    median,
                    median == null ? null : words.duration(Duration.ofMillis(Math.round(median * 1_000))));
        }
    }

    @Schema(description = "How long the responses of the window took, in ranges that double.")
    record OwnDistribution(
            @Schema(description = "A response within this is in time; it is the end of a range.")
            long answerWithinSeconds,

            @Schema(example = "24 hours") String answerWithin,
            int responses,
            List<OwnRange> ranges) {

        static OwnDistribution of(Distribution distribution, Words words) {
            return new OwnDistribution(
                    distribution.answerWithin().toSeconds(),
                    words.threshold(distribution.answerWithin()),
                    distribution.responses(),
                    distribution.ranges().stream()
                            .map(range -> OwnRange.of(range, words))
                            .toList());
        }
    }

    @Schema(description = "Responses that took longer than from, and at most to.")
    record OwnRange(
            double fromSeconds,
            double toSeconds,

            @Schema(example = "45 minutes to 1 hour 30 minutes")
            String inWords,

            int responses) {

        private static OwnRange of(Range range, Words words) {
            String to = words.duration(range.to());
            String inWords = range.from().isZero()
                    ? words.say("range.first", Map.of("to", to))
                    : words.say("range", Map.of("from", words.duration(range.from()), "to", to));
            return new OwnRange(seconds(range.from()), seconds(range.to()), inWords, range.responses());
        }

        private static double seconds(Duration duration) {
            return duration.toMillis() / 1_000.0;
        }
    }
}
