package io.replymeter.metrics.oracle.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.replymeter.metrics.oracle.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule 3, what opens an inquiry, rule 4, what answers it, and rule 5, its outcome. */
abstract class InquiryRules extends WorkedExamples {

    private static final Instant A_WEEK_LATER = NOON.plus(WEEK);
    private static final Instant MORE_THAN_A_WEEK_LATER = A_WEEK_LATER.plus(MICROSECOND);

    InquiryRules(Subject subject) {
        super(subject);
    }

    @Test
    void aFollowUpRestartsNothing() {
        UUID question = log.clientWrites(NOON);
        log.clientWrites(NOON.plus(HOUR));
        log.providerWrites(NOON.plus(HOUR.multipliedBy(2)));

        assertThat(inquiryAt(NOON.plus(DAY)))
                .extracting("initialMessageId", "respondedAt", "responseTimeSeconds")
                .containsExactly(question, NOON.plus(HOUR.multipliedBy(2)), 7200.0);
    }

    @Test
    void aClosingThanksIsNoInquiry() {
        log.clientWrites(NOON);
        log.providerWrites(NOON.plus(HOUR));
        log.clientWrites(NOON.plus(HOUR).plus(MINUTE));

        assertThat(inquiriesAt(NOON.plus(DAY))).hasSize(1);
    }

    @Test
    void aNewQuestionTheNextDayIsAnInquiry() {
        log.clientWrites(NOON);
        log.providerWrites(NOON.plus(HOUR));
        log.clientWrites(NOON.plus(HOUR).plus(DAY));

        assertThat(inquiriesAt(A_WEEK_LATER)).hasSize(2);
    }

    @Test
    void aQuestionJustWithinTheSilenceIsNoInquiry() {
        log.providerWrites(NOON);
        log.clientWrites(NOON.plus(DAY).minus(MICROSECOND));

        assertThat(inquiriesAt(NOON.plus(DAY))).isEmpty();
    }

    @Test
    void aQuestionAfterExactlyTheSilenceIsAnInquiry() {
        log.providerWrites(NOON);
        log.clientWrites(NOON.plus(DAY));

        assertThat(inquiriesAt(NOON.plus(DAY))).hasSize(1);
    }

    @Test
    void theSilenceCountsFromTheProvidersLatestMessage() {
        log.providerWrites(NOON);
        log.providerWrites(NOON.plus(HOUR));
        log.clientWrites(NOON.plus(DAY));

        assertThat(inquiriesAt(NOON.plus(DAY))).isEmpty();
    }

    @Test
    void theClientsOwnMessagesDoNotBreakTheSilence() {
        log.providerWrites(NOON);
        log.clientWrites(NOON.plus(HOUR));
        UUID question = log.clientWrites(NOON.plus(DAY));

        assertThat(inquiryAt(NOON.plus(DAY)).initialMessageId()).isEqualTo(question);
    }

    @Test
    void aQuestionDuringTheSilenceAfterAResponseIsNoInquiry() {
        log.clientWrites(NOON);
        log.providerWrites(NOON.plus(HOUR));
        log.clientWrites(NOON.plus(HOUR.multipliedBy(2)));
        UUID nextDay = log.clientWrites(NOON.plus(DAY).plus(HOUR));

        assertThat(inquiriesAt(A_WEEK_LATER))
                .hasSize(2)
                .first()
                .extracting("initialMessageId")
                .isEqualTo(nextDay);
    }

    @Test
    void aProviderWhoWritesFirstOpensNoInquiry() {
        log.providerWrites(NOON);

        assertThat(inquiriesAt(NOON.plus(HOUR))).isEmpty();
    }

    @Test
    void withoutSilenceEveryUnansweredTurnIsAnInquiry() {
        thresholds = thresholds.withReinquirySilence(Duration.ZERO);
        log.clientWrites(NOON);
        log.providerWrites(NOON.plus(MINUTE));
        log.clientWrites(NOON.plus(MINUTE));
        log.clientWrites(NOON.plus(HOUR));

        assertThat(inquiriesAt(NOON.plus(DAY))).hasSize(2);
    }

    /** Criterion 2.5. */
    @Test
    void onlyTheFirstResponseCounts() {
        log.clientWrites(NOON);
        UUID first = log.providerWrites(NOON.plus(HOUR));
        log.providerWrites(NOON.plus(HOUR).plus(MINUTE));
        log.providerWrites(NOON.plus(DAY));
        log.providerWrites(A_WEEK_LATER);

        assertThat(inquiryAt(A_WEEK_LATER))
                .extracting("responseMessageId", "responseTimeSeconds")
                .containsExactly(first, 3600.0);
    }

    @Test
    void anEarlierMessageOfTheProviderIsNoResponse() {
        log.providerWrites(NOON.minus(DAY));
        log.clientWrites(NOON);

        assertThat(inquiryAt(NOON).respondedAt()).isNull();
    }

    @Test
    void afterExactlySevenDaysAResponseCounts() {
        log.clientWrites(NOON);
        log.providerWrites(A_WEEK_LATER);

        assertThat(inquiryAt(A_WEEK_LATER))
                .extracting("respondedAt", "outcome")
                .containsExactly(A_WEEK_LATER, Outcome.ANSWERED_LATE);
    }

    @Test
    void afterMoreThanSevenDaysAResponseDoesNotCount() {
        log.clientWrites(NOON);
        log.providerWrites(MORE_THAN_A_WEEK_LATER);

        assertThat(inquiryAt(A_WEEK_LATER.plus(HOUR)))
                .extracting("respondedAt", "outcome")
                .containsExactly(null, Outcome.NO_RESPONSE);
    }

    @Test
    void afterExactlySevenDaysTheInquiryIsStillOpen() {
        log.clientWrites(NOON);
        log.clientWrites(A_WEEK_LATER);

        assertThat(inquiriesAt(A_WEEK_LATER)).hasSize(1);
    }

    @Test
    void afterMoreThanSevenDaysTheNextQuestionOpensAnotherInquiry() {
        UUID first = log.clientWrites(NOON);
        log.clientWrites(A_WEEK_LATER);
        UUID another = log.clientWrites(MORE_THAN_A_WEEK_LATER);
        UUID response = log.providerWrites(A_WEEK_LATER.plus(HOUR));

        assertThat(inquiriesAt(A_WEEK_LATER.plus(HOUR)))
                .extracting("initialMessageId", "openedAt", "responseMessageId", "outcome")
                .containsExactly(
                        tuple(another, MORE_THAN_A_WEEK_LATER, response, Outcome.ANSWERED),
                        tuple(first, NOON, null, Outcome.NO_RESPONSE));
    }

    @Test
    void aResponseThatIsTooLateToCountStillBreaksTheSilence() {
        log.clientWrites(NOON);
        log.providerWrites(A_WEEK_LATER.plus(HOUR));
        log.clientWrites(A_WEEK_LATER.plus(HOUR.multipliedBy(2)));

        assertThat(inquiriesAt(A_WEEK_LATER.plus(DAY))).hasSize(1);
    }

    @Test
    void aResponseAfterExactlyADayIsInTime() {
        log.clientWrites(NOON);
        log.providerWrites(NOON.plus(DAY));

        assertThat(outcomeAt(NOON.plus(DAY))).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void aResponseAfterMoreThanADayIsLate() {
        log.clientWrites(NOON);
        log.providerWrites(NOON.plus(DAY).plus(MICROSECOND));

        assertThat(outcomeAt(NOON.plus(DAY).plus(MICROSECOND))).isEqualTo(Outcome.ANSWERED_LATE);
    }

    /** Criterion 3.4. No event is needed for it. */
    @Test
    void anUnansweredInquiryAgesFromPendingToOverdueToNoResponse() {
        log.clientWrites(NOON);

        assertThat(outcomeAt(NOON)).isEqualTo(Outcome.PENDING);
        assertThat(outcomeAt(NOON.plus(DAY))).isEqualTo(Outcome.PENDING);
        assertThat(outcomeAt(NOON.plus(DAY).plus(MICROSECOND))).isEqualTo(Outcome.OVERDUE);
        assertThat(outcomeAt(A_WEEK_LATER)).isEqualTo(Outcome.OVERDUE);
        assertThat(outcomeAt(MORE_THAN_A_WEEK_LATER)).isEqualTo(Outcome.NO_RESPONSE);
        assertThat(metricsAt(MORE_THAN_A_WEEK_LATER).unanswered()).isEqualTo(1);
    }

    @Test
    void anInquiryOpenedByAClockThatIsAheadIsPending() {
        log.append(log.question(log.nextId(), NOON), NOON.minus(MINUTE));

        assertThat(outcomeAt(NOON.minus(MINUTE))).isEqualTo(Outcome.PENDING);
    }

    @Test
    void aResponseStampedLaterThanNowCounts() {
        log.clientWrites(NOON);
        log.append(log.answer(log.nextId(), NOON.plus(MINUTE)), NOON);

        assertThat(outcomeAt(NOON)).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void onlyPendingInquiriesAreLeftOutOfTheSample() {
        log.unansweredInquiry(NOON);

        assertThat(metricsAt(NOON.plus(DAY)))
                .extracting("sampleSize", "pending", "unanswered")
                .containsExactly(0, 1, 0);
        assertThat(metricsAt(NOON.plus(DAY).plus(MICROSECOND)))
                .extracting("sampleSize", "pending", "unanswered")
                .containsExactly(1, 0, 1);
    }
}
