package io.replymeter.messaging.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.profile.ResponseMetricsText.NotShown;
import io.replymeter.messaging.profile.ResponseMetricsText.Shown;
import io.replymeter.messaging.words.Languages;
import io.replymeter.messaging.words.Words;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseMetricsTextTest {

    private static final Words ENGLISH = new Languages().english();
    private static final Instant APPLIED = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Instant ASKED = Instant.parse("2026-11-22T10:00:01Z");

    @Test
    void averageRatePeriodAndBasisAreShownInWords() {
        Shown text = shown(metrics(Duration.ofMinutes(150), 12, 15));

        assertThat(text.typicalResponseTime()).isEqualTo("1 hour 15 minutes");
        assertThat(text.averageResponseTime()).isEqualTo("2 hours 30 minutes");
        assertThat(text.responseRate()).isEqualTo("80%");
        assertThat(text.basedOnDays()).isEqualTo(30);
        assertThat(text.period()).isEqualTo("Based on the last 30 days");
        assertThat(text.sampleSize()).isEqualTo(15);
        assertThat(text.basis()).isEqualTo("Based on 15 inquiries in the last 30 days");
        assertThat(text.lastUpdated()).isEqualTo(APPLIED);
        assertThat(text.asOf()).isEqualTo(ASKED);
        assertThat(text.stale()).isFalse();
    }

    @Test
    void helpSaysWhatEachNumberMeansAndWhatCounts() {
        Shown text = shown(metrics(Duration.ofMinutes(150), 12, 15));

        assertThat(text.help().typicalResponseTime()).startsWith("Half of the responses");
        assertThat(text.help().averageResponseTime()).contains("mean time", "first response", "next opening");
        assertThat(text.help().responseRate()).contains("Responses within 24 hours", "Excused ones");
    }

    @Test
    void limitedDataIsNamedWithItsSampleSize() {
        assertThat(shown(metrics(Duration.ofMinutes(5), 5, 5)).basis()).startsWith("Based on 5 inquiries");
    }

    @Test
    void inquiriesWithoutAnyResponseSaySo() {
        Shown text = shown(metrics(null, 0, 4));

        assertThat(text.averageResponseTime()).isEqualTo("No responses in the last 30 days");
        assertThat(text.typicalResponseTime()).isEqualTo("No responses in the last 30 days");
        assertThat(text.responseRate()).isEqualTo("0%");
    }

    @Test
    void excusedInquiriesAreNamedIfThereAreAny() {
        assertThat(shown(metrics(null, 0, 4, 0)).excused()).isNull();
        assertThat(shown(metrics(null, 0, 4, 1)).excused()).isEqualTo("1 inquiry was excused");
        assertThat(shown(metrics(null, 0, 4, 2)).excused()).isEqualTo("2 inquiries were excused");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void fewerThanThreeSettledInquiriesAreNoDataAndTheNoteSaysWhy(int sampleSize) {
        ResponseMetricsText text = ResponseMetricsText.of(metrics(null, 0, sampleSize), false, ENGLISH);

        assertThat(text)
                .isEqualTo(new NotShown(
                        ResponseMetricsText.Reason.INSUFFICIENT_DATA,
                        "No response data available",
                        "This needs at least 3 inquiries in the last 30 days, each answered or more than 24 hours old;"
                                + " excused ones do not count."));
    }

    @Test
    void threeSettledInquiriesAreEnough() {
        assertThat(ResponseMetricsText.of(metrics(Duration.ofHours(1), 3, 3), false, ENGLISH))
                .isInstanceOf(Shown.class);
    }

    @Test
    void anEarlierAnswerIsMarked() {
        assertThat(ResponseMetricsText.of(metrics(Duration.ofHours(1), 3, 3), true, ENGLISH))
                .asInstanceOf(InstanceOfAssertFactories.type(Shown.class))
                .extracting(Shown::stale)
                .isEqualTo(true);
    }

    @Test
    void noDataNeverDependsOnTheProvidersNumbers() {
        assertThat(ResponseMetricsText.noData(metrics(Duration.ofHours(1), 3, 3), ENGLISH))
                .isEqualTo(ResponseMetricsText.of(metrics(null, 0, 0), true, ENGLISH));
    }

    @Test
    void otherRulesReadWellToo() {
        MetricsSummary metrics = new MetricsSummary(
                Duration.ofMinutes(1), Duration.ofMinutes(1), 1, 1, 1, 1, 1, Duration.ofMinutes(90), null, ASKED);

        assertThat(shown(metrics).basis()).isEqualTo("Based on 1 inquiry in the last day");
        assertThat(shown(metrics).period()).isEqualTo("Based on the last day");
        assertThat(shown(metrics).help().responseRate()).contains("Responses within 90 minutes");
        assertThat(ResponseMetricsText.noData(metrics, ENGLISH))
                .extracting("note")
                .asString()
                .startsWith("This needs at least 1 inquiry in the last day, each answered or more than 90 minutes old");
    }

    private static Shown shown(MetricsSummary metrics) {
        return (Shown) ResponseMetricsText.of(metrics, false, ENGLISH);
    }

    private static MetricsSummary metrics(@Nullable Duration average, int answered, int sampleSize) {
        return metrics(average, answered, sampleSize, 0);
    }

    private static MetricsSummary metrics(@Nullable Duration average, int answered, int sampleSize, int excused) {
        Duration median = average == null ? null : average.dividedBy(2);
        return new MetricsSummary(
                average, median, answered, sampleSize, excused, 3, 30, Duration.ofHours(24), APPLIED, ASKED);
    }
}
