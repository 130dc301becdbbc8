package io.replymeter.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponseMetricsTest {

    private static final double HISTOGRAM_ERROR = 0.016;

    private final DailyCounts counts = new DailyCounts();

    @Test
    void theRateIsTheShareOfSettledInquiriesThatWereAnsweredInTime() {
        answeredAfter(Duration.ofMinutes(10));
        answeredAfter(Duration.ofMinutes(20));
        answeredAfter(Duration.ofHours(30));
        unanswered(5);

        ResponseMetrics metrics = ResponseMetrics.of(counts, 2, Ruleset.DEFAULT);

        assertThat(metrics.sampleSize()).isEqualTo(6);
        assertThat(metrics.pending()).isEqualTo(2);
        assertThat(metrics.answered()).isEqualTo(2);
        assertThat(metrics.answeredLate()).isEqualTo(1);
        assertThat(metrics.unanswered()).isEqualTo(3);
        assertThat(metrics.responseRatePercent()).isEqualTo("33.33");
    }

    @Test
    void theRateHasTwoDecimalsRoundedHalfUp() {
        answeredAfter(Duration.ofMinutes(10));
        answeredAfter(Duration.ofMinutes(10));
        unanswered(1);

        assertThat(ResponseMetrics.of(counts, 0, Ruleset.DEFAULT).responseRatePercent())
                .isEqualTo("66.67");
    }

    @Test
    void timesAreThoseOfAllResponsesLateOnesIncluded() {
        answeredAfter(Duration.ofMinutes(10));
        answeredAfter(Duration.ofMinutes(20));
        answeredAfter(Duration.ofHours(30));

        ResponseMetrics metrics = ResponseMetrics.of(counts, 0, Ruleset.DEFAULT);

        assertThat(metrics.averageResponseTimeSeconds()).isEqualTo((600 + 1_200 + 108_000) / 3.0);
        assertThat(metrics.medianResponseTimeSeconds()).isCloseTo(1_200, within(1_200 * HISTOGRAM_ERROR));
        double p90 = 1_200 + 0.8 * (108_000 - 1_200);
        assertThat(metrics.p90ResponseTimeSeconds()).isCloseTo(p90, within(p90 * HISTOGRAM_ERROR));
    }

    @Test
    void belowTheMinimumSampleSizeNoRateAndNoTimeIsShown() {
        answeredAfter(Duration.ofMinutes(10));
        answeredAfter(Duration.ofMinutes(10));
        unanswered(1);

        assertThat(ResponseMetrics.of(counts, 1, Ruleset.DEFAULT))
                .isEqualTo(new ResponseMetrics(2, 1, 2, 0, 0, 0, 0, null, null, null, null));
    }

    @Test
    void withoutAResponseTheRateIsZeroAndNoTimeIsShown() {
        unanswered(3);

        ResponseMetrics metrics = ResponseMetrics.of(counts, 0, Ruleset.DEFAULT);

        assertThat(metrics.responseRatePercent()).isEqualTo("0.00");
        assertThat(metrics.averageResponseTimeSeconds()).isNull();
        assertThat(metrics.medianResponseTimeSeconds()).isNull();
        assertThat(metrics.p90ResponseTimeSeconds()).isNull();
    }

    @Test
    void whatIsExcusedDoesNotCountUpToTheProvidersAllowance() {
        for (int i = 0; i < 4; i++) {
            answeredAfter(Duration.ofMinutes(10));
        }
        excused(Excuse.By.PLATFORM, 3);
        excused(Excuse.By.PROVIDER, 3);

        ResponseMetrics metrics = ResponseMetrics.of(counts, 0, Ruleset.DEFAULT);

        assertThat(metrics.excused()).isEqualTo(3 + 2);
        assertThat(metrics.excusedBeyondAllowance()).isEqualTo(1);
        assertThat(metrics.unanswered()).isEqualTo(1);
        assertThat(metrics.sampleSize()).isEqualTo(5);
        assertThat(metrics.responseRatePercent()).isEqualTo("80.00");
    }

    private void excused(Excuse.By by, int times) {
        for (int i = 0; i < times; i++) {
            counts.add(inquiry(null, 0, new Excuse(by, Excuse.Reason.SPAM, 0)), Ruleset.DEFAULT);
        }
    }

    private void answeredAfter(Duration responseTime) {
        counts.add(inquiry(UUID.randomUUID(), Micros.of(responseTime), null), Ruleset.DEFAULT);
    }

    private void unanswered(int times) {
        for (int i = 0; i < times; i++) {
            counts.add(inquiry(null, 0, null), Ruleset.DEFAULT);
        }
    }

    private static Inquiry inquiry(@Nullable UUID responseMessageId, long respondedAt, @Nullable Excuse excuse) {
        return new Inquiry(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                0,
                0,
                responseMessageId,
                respondedAt,
                excuse);
    }
}
