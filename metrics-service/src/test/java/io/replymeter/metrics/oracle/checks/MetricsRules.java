package io.replymeter.metrics.oracle.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replymeter.metrics.oracle.Measurement.Day;
import io.replymeter.metrics.oracle.Measurement.Metrics;
import io.replymeter.metrics.oracle.Measurement.ProviderInquiry;
import io.replymeter.metrics.oracle.Measurement.Window;
import io.replymeter.metrics.oracle.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rule 6, which inquiries are in the window, and rule 7, the metrics of those. */
abstract class MetricsRules extends WorkedExamples {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant LAST_MOMENT_OF_31_MARCH = Instant.parse("2026-03-31T23:59:59.999999Z");
    private static final Instant FIRST_MOMENT_OF_1_APRIL = Instant.parse("2026-04-01T00:00:00Z");

    private final Instant now = NOON.plus(DAY.multipliedBy(20));

    MetricsRules(Subject subject) {
        super(subject);
    }

    @Test
    void theWindowIsTheCurrentDayAndThe29BeforeIt() {
        log.unansweredInquiry(MIDNIGHT);
        log.unansweredInquiry(MIDNIGHT.minus(MICROSECOND));

        assertThat(inquiryAt(LAST_MOMENT_OF_31_MARCH).openedAt()).isEqualTo(MIDNIGHT);
        assertThat(metricsAt(LAST_MOMENT_OF_31_MARCH).unanswered()).isEqualTo(1);
        assertThat(inquiriesAt(FIRST_MOMENT_OF_1_APRIL)).isEmpty();
        assertThat(metricsAt(FIRST_MOMENT_OF_1_APRIL).unanswered()).isZero();
    }

    /** Criterion 3.2. */
    @Test
    void onlyTheLast30DaysCount() {
        log.answeredInquiry(NOON.minus(DAY.multipliedBy(30)), HOUR);
        log.answeredInquiry(NOON.minus(DAY.multipliedBy(29)), HOUR);

        assertThat(metricsAt(NOON).answered()).isEqualTo(1);
        assertThat(metricsAt(NOON).window())
                .isEqualTo(new Window(30, LocalDate.parse("2026-02-01"), LocalDate.parse("2026-03-02")));
    }

    @Test
    void anInquiryBelongsToTheDayOnWhichItOpened() {
        log.answeredInquiry(MIDNIGHT.minus(MICROSECOND), HOUR);

        assertThat(metricsAt(LAST_MOMENT_OF_31_MARCH).answered()).isZero();
    }

    @Test
    void anInquiryOpenedTodayByAClockThatIsAheadIsInTheWindow() {
        log.append(log.question(log.nextId(), NOON.plus(MINUTE)), NOON);

        assertThat(inquiryAt(NOON).openedAt()).isEqualTo(NOON.plus(MINUTE));
        assertThat(metricsAt(NOON).pending()).isEqualTo(1);
    }

    @Test
    void anInquiryOpenedTomorrowByAClockThatIsAheadIsNotYetInTheWindow() {
        log.append(log.question(log.nextId(), FIRST_MOMENT_OF_1_APRIL), FIRST_MOMENT_OF_1_APRIL.minus(MINUTE));

        assertThat(inquiriesAt(LAST_MOMENT_OF_31_MARCH)).isEmpty();
        assertThat(metricsAt(LAST_MOMENT_OF_31_MARCH).pending()).isZero();
        assertThat(metricsAt(FIRST_MOMENT_OF_1_APRIL).pending()).isEqualTo(1);
    }

    @Test
    void theWindowHoldsTheProvidersOwnInquiriesOnly() {
        log.clientWrites(NOON);

        assertThat(inquiriesOf(UUID.randomUUID(), NOON)).isEmpty();
    }

    @Test
    void theDaysOfTheWindowAreListedWithoutGaps() {
        log.answeredInquiry(NOON, HOUR);
        log.answeredInquiry(NOON, HOUR.multipliedBy(2));
        log.answeredInquiry(NOON, HOUR.multipliedBy(27));
        log.unansweredInquiry(NOON);
        log.unansweredInquiry(LAST_MOMENT_OF_31_MARCH);

        assertThat(measurement().days(log.provider.id(), LAST_MOMENT_OF_31_MARCH))
                .hasSize(30)
                .startsWith(
                        new Day(LocalDate.parse("2026-03-02"), 4, 2, 1, 1, 0, 36000.0),
                        new Day(LocalDate.parse("2026-03-03"), 0, 0, 0, 0, 0, null))
                .endsWith(
                        new Day(LocalDate.parse("2026-03-30"), 0, 0, 0, 0, 0, null),
                        new Day(LocalDate.parse("2026-03-31"), 1, 0, 0, 1, 0, null));
    }

    /** Criterion 1.3. */
    @Test
    void aProviderWithoutHistoryHasNoData() {
        log.answeredInquiries(3, NOON, HOUR);

        assertThat(measurement().metrics(UUID.randomUUID(), now))
                .extracting("status", "sampleSize", "minimumSampleSize")
                .containsExactly("INSUFFICIENT_DATA", 0, 3);
    }

    /** Criterion 1.3. */
    @Test
    void belowThreeSettledInquiriesThereAreCountsButNoNumbers() {
        log.answeredInquiries(2, NOON, HOUR);
        log.unansweredInquiry(now.minus(HOUR));

        assertThat(metricsAt(now))
                .extracting("status", "sampleSize", "pending", "answered", "responseRatePercent")
                .containsExactly("INSUFFICIENT_DATA", 2, 1, 2, null);
        hasNoTimes(metricsAt(now));
    }

    @Test
    void fromThreeSettledInquiriesOnThereAreNumbers() {
        log.answeredInquiries(3, NOON, HOUR);

        assertThat(metricsAt(now).status()).isEqualTo("AVAILABLE");
        assertThat(metricsAt(now).responseRatePercent()).isEqualTo("100.00");
    }

    @Test
    void theRateIsAnsweredOfAllButThePending() {
        log.answeredInquiry(NOON, HOUR);
        log.answeredInquiry(NOON, DAY);
        log.answeredInquiry(NOON, HOUR.multipliedBy(25));
        log.unansweredInquiry(NOON);
        log.unansweredInquiry(now.minus(DAY.multipliedBy(2)));
        log.unansweredInquiry(now.minus(HOUR));

        assertThat(inquiriesAt(now))
                .extracting(ProviderInquiry::outcome)
                .containsExactlyInAnyOrder(
                        Outcome.ANSWERED,
                        Outcome.ANSWERED,
                        Outcome.ANSWERED_LATE,
                        Outcome.NO_RESPONSE,
                        Outcome.OVERDUE,
                        Outcome.PENDING);
        assertThat(metricsAt(now))
                .extracting("status", "answered", "answeredLate", "pending", "unanswered", "sampleSize")
                .containsExactly("AVAILABLE", 2, 1, 1, 2, 5);
        assertThat(metricsAt(now).responseRatePercent()).isEqualTo("40.00");
    }

    /** Criterion 2.4. */
    @Test
    void aResponseWithin24HoursCountsAsResponded() {
        log.answeredInquiry(NOON, DAY);
        log.answeredInquiry(NOON, DAY.plus(MICROSECOND));
        log.unansweredInquiry(NOON);

        assertThat(metricsAt(now).responseRatePercent()).isEqualTo("33.33");
    }

    @Test
    void theRateIsRoundedHalfUpToTwoDecimals() {
        log.answeredInquiries(2, NOON, HOUR);
        log.unansweredInquiry(NOON);

        assertThat(metricsAt(now).responseRatePercent()).isEqualTo("66.67");
    }

    /** Criterion 2.3. */
    @Test
    void onlyResponsesWithinSevenDaysCountInTheAverage() {
        log.answeredInquiry(NOON, HOUR);
        log.answeredInquiry(NOON, WEEK);
        log.answeredInquiry(NOON, WEEK.plus(MICROSECOND));

        assertThat(metricsAt(now).averageResponseTimeSeconds()).isEqualTo((3_600 + 604_800) / 2.0);
        assertThat(metricsAt(now))
                .extracting("answered", "answeredLate", "unanswered")
                .containsExactly(1, 1, 1);
    }

    @Test
    void theAverageIncludesLateResponses() {
        log.answeredInquiries(2, NOON, HOUR);
        log.answeredInquiry(NOON, HOUR.multipliedBy(28));
        log.unansweredInquiry(NOON);

        assertThat(metricsAt(now).averageResponseTimeSeconds()).isEqualTo(36000);
        isClose(metricsAt(now).medianResponseTimeSeconds(), 3600);
    }

    @Test
    void medianAndNinetiethPercentileAreInterpolated() {
        for (int seconds : List.of(400, 100, 300, 200)) {
            log.answeredInquiry(NOON, Duration.ofSeconds(seconds));
        }

        isClose(metricsAt(now).medianResponseTimeSeconds(), 250);
        isClose(metricsAt(now).p90ResponseTimeSeconds(), 370); // 0.9 · 3 = 2.7
    }

    @Test
    void timesAreExactToTheMicrosecond() {
        log.answeredInquiries(2, NOON, HOUR);
        log.answeredInquiry(NOON, HOUR.plus(MICROSECOND.multipliedBy(3)));

        assertThat(metricsAt(now).averageResponseTimeSeconds()).isEqualTo(3600.000001);
    }

    @Test
    void withoutAnyResponseTheRateIsZeroAndThereAreNoTimes() {
        log.unansweredInquiry(NOON);
        log.unansweredInquiry(NOON);
        log.unansweredInquiry(NOON);

        assertThat(metricsAt(now).responseRatePercent()).isEqualTo("0.00");
        hasNoTimes(metricsAt(now));
    }

    /** Criterion 3.1. */
    @Test
    void theMetricsFollowAResponseAtOnce() {
        log.answeredInquiries(2, NOON, HOUR);
        log.clientWrites(NOON);
        assertThat(metricsAt(NOON.plus(HOUR)))
                .extracting("sampleSize", "pending")
                .containsExactly(2, 1);
        log.providerWrites(NOON.plus(HOUR));

        assertThat(metricsAt(NOON.plus(HOUR)))
                .extracting("sampleSize", "pending", "averageResponseTimeSeconds")
                .containsExactly(3, 0, 3600.0);
    }

    private static void hasNoTimes(Metrics metrics) {
        assertThat(metrics)
                .extracting("averageResponseTimeSeconds", "medianResponseTimeSeconds", "p90ResponseTimeSeconds")
                .containsOnlyNulls();
    }

    private void isClose(@Nullable Double percentile, double exact) {
        assertThat(percentile).isCloseTo(exact, within(exact * subject.percentileError()));
    }
}
