package io.replymeter.metrics.oracle.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.replymeter.events.ExcuseReason;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.metrics.oracle.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule 5, excuses: who may excuse what, and what happens then. */
abstract class ExcuseRules extends WorkedExamples {

    ExcuseRules(Subject subject) {
        super(subject);
    }

    @Test
    void anExcusedInquiryDoesNotCount() {
        UUID question = log.clientWrites(NOON);
        log.providerExcuses(question, NOON.plus(HOUR));

        assertThat(inquiryAt(NOON.plus(WEEK)))
                .extracting("outcome", "excusedBy", "excuseReason", "excusedAt", "answerBy")
                .containsExactly(Outcome.EXCUSED, "PROVIDER", "NO_REPLY_NEEDED", NOON.plus(HOUR), null);
        assertThat(metricsAt(NOON.plus(WEEK)))
                .extracting("sampleSize", "pending", "unanswered", "excused")
                .containsExactly(0, 0, 0, 1);
    }

    @Test
    void anAnswerOutweighsAnExcuse() {
        UUID question = log.clientWrites(NOON);
        log.platformExcuses(question, NOON.plus(HOUR));
        log.providerWrites(NOON.plus(HOUR.multipliedBy(2)));

        assertThat(inquiryAt(NOON.plus(DAY)))
                .extracting("outcome", "excusedBy", "responseTimeSeconds")
                .containsExactly(Outcome.ANSWERED, null, 7200.0);
        assertThat(metricsAt(NOON.plus(DAY)).excused()).isZero();
    }

    @Test
    void aProvidersExcuseHoldsWithinADayOfTheClock() {
        UUID question = log.clientWrites(NOON, NOON.plus(HOUR));
        log.providerExcuses(question, NOON.plus(HOUR).plus(DAY));

        assertThat(outcomeAt(NOON.plus(WEEK))).isEqualTo(Outcome.EXCUSED);
    }

    @Test
    void aProvidersExcuseAfterMoreThanADayHoldsNot() {
        UUID question = log.clientWrites(NOON);
        log.providerExcuses(question, NOON.plus(DAY).plus(MICROSECOND));
        log.clientWrites(NOON.plus(DAY).plus(HOUR));

        assertThat(outcomeAt(NOON.plus(WEEK))).isEqualTo(Outcome.OVERDUE);
    }

    @Test
    void thePlatformsWordAlwaysHolds() {
        UUID question = log.clientWrites(NOON);
        log.platformExcuses(question, NOON.plus(DAY.multipliedBy(20)));

        assertThat(outcomeAt(NOON.plus(DAY.multipliedBy(20)))).isEqualTo(Outcome.EXCUSED);
    }

    @Test
    void ofSeveralExcusesThePlatformsCountsThenTheEarliest() {
        UUID question = log.clientWrites(NOON);
        log.platformExcuses(question, NOON.plus(HOUR.multipliedBy(3)));
        log.providerExcuses(question, NOON.plus(HOUR));
        log.platformExcuses(question, NOON.plus(HOUR.multipliedBy(2)));

        assertThat(inquiryAt(NOON.plus(DAY)))
                .extracting("excusedBy", "excusedAt")
                .containsExactly("PLATFORM", NOON.plus(HOUR.multipliedBy(2)));
    }

    @Test
    void anExcuseMayArriveBeforeItsMessageAndTwice() {
        UUID question = log.nextId();
        log.providerExcuses(question, NOON.plus(HOUR));
        log.providerExcuses(question, NOON.plus(HOUR));
        inquiriesAt(NOON);
        log.append(log.question(question, NOON), NOON.plus(HOUR));

        assertThat(outcomeAt(NOON.plus(DAY))).isEqualTo(Outcome.EXCUSED);
        subject.hasIgnored(Map.of("DUPLICATE", 1));
    }

    @Test
    void anExcuseMayNameAFollowUp() {
        log.clientWrites(NOON);
        UUID followUp = log.clientWrites(NOON.plus(HOUR));
        log.providerExcuses(followUp, NOON.plus(HOUR.multipliedBy(2)));

        assertThat(outcomeAt(NOON.plus(DAY))).isEqualTo(Outcome.EXCUSED);
    }

    @Test
    void anExcuseOfAProvidersMessageMeansNothing() {
        log.clientWrites(NOON);
        log.providerExcuses(log.providerWrites(NOON.plus(DAY.multipliedBy(8))), NOON.plus(DAY.multipliedBy(8)));

        assertThat(outcomeAt(NOON.plus(DAY.multipliedBy(9)))).isEqualTo(Outcome.NO_RESPONSE);
    }

    @Test
    void anExcuseOfAClosingThanksMeansNothing() {
        log.clientWrites(NOON);
        log.providerWrites(NOON.plus(HOUR));
        log.providerExcuses(log.clientWrites(NOON.plus(HOUR).plus(MINUTE)), NOON.plus(HOUR.multipliedBy(2)));

        assertThat(outcomeAt(NOON.plus(DAY))).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void theClientsNextMessageAfterAnExcuseOpensAnotherAtOnce() {
        UUID first = log.clientWrites(NOON);
        log.clientWrites(NOON.plus(HOUR));
        log.providerExcuses(first, NOON.plus(HOUR));
        UUID second = log.clientWrites(NOON.plus(HOUR).plus(MICROSECOND));
        UUID answer = log.providerWrites(NOON.plus(HOUR.multipliedBy(2)));

        assertThat(inquiriesAt(NOON.plus(DAY)))
                .extracting("initialMessageId", "responseMessageId", "outcome")
                .containsExactly(tuple(second, answer, Outcome.ANSWERED), tuple(first, null, Outcome.EXCUSED));
    }

    @Test
    void anExcusedInquiryStaysExcusedWhenTheAnswerBelongsToTheNextOne() {
        log.platformExcuses(log.clientWrites(NOON), NOON.plus(MINUTE));
        log.platformExcuses(log.clientWrites(NOON.plus(HOUR)), NOON.plus(HOUR).plus(MINUTE));

        assertThat(inquiriesAt(NOON.plus(DAY))).extracting("outcome").containsExactly(Outcome.EXCUSED, Outcome.EXCUSED);
    }

    @Test
    void ofTenInquiriesAProviderMayExcuseTwo() {
        excusedInquiries(3);
        log.answeredInquiries(7, NOON, HOUR);

        assertThat(metricsAt(NOON.plus(DAY)))
                .extracting("excused", "excusedBeyondAllowance", "unanswered", "sampleSize", "responseRatePercent")
                .containsExactly(2, 1, 1, 8, new java.math.BigDecimal("87.50"));
    }

    @Test
    void ofThirtyInquiriesAProviderMayExcuseThree() {
        excusedInquiries(3);
        log.answeredInquiries(27, NOON, HOUR);

        assertThat(metricsAt(NOON.plus(DAY)))
                .extracting("excused", "excusedBeyondAllowance", "sampleSize")
                .containsExactly(3, 0, 27);
    }

    @Test
    void whatThePlatformExcusesNeedsNoAllowance() {
        for (int i = 0; i < 5; i++) {
            UUID elsewhere = UUID.randomUUID();
            UUID question = log.append(log.client.writesTo(log.provider, elsewhere, log.nextId(), NOON));
            log.append(excuse(elsewhere, question, ExcusedBy.PLATFORM), NOON);
        }

        assertThat(metricsAt(NOON.plus(DAY)))
                .extracting("excused", "excusedBeyondAllowance", "sampleSize")
                .containsExactly(5, 0, 0);
    }

    @Test
    void anExcuseIsJudgedByItsAppendTime() {
        UUID question = log.clientWrites(NOON);
        Instant limit = NOON.plus(Duration.ofDays(31));
        log.append(excuse(log.conversation, question, ExcusedBy.PLATFORM, limit), limit.plusMillis(1));
        log.append(excuse(log.conversation, question, ExcusedBy.PLATFORM, NOON), limit.plusMillis(1));
        log.append(
                excuse(
                        log.conversation,
                        question,
                        ExcusedBy.PLATFORM,
                        NOON.plus(Duration.ofMinutes(5)).plusMillis(1)),
                NOON);

        assertThat(outcomeAt(NOON.plus(WEEK))).isEqualTo(Outcome.OVERDUE);
        subject.hasIgnored(Map.of("TOO_OLD", 1));
        subject.hasQuarantined(Map.of("FUTURE", 1));
    }

    @Test
    void anExcuseGoesWithItsDeletedMessage() {
        UUID first = log.clientWrites(NOON);
        UUID second = log.clientWrites(NOON.plus(HOUR));
        log.providerExcuses(first, NOON.plus(HOUR.multipliedBy(2)));
        log.messageIsDeleted(first, NOON.plus(DAY));

        assertThat(inquiryAt(NOON.plus(DAY)))
                .extracting("initialMessageId", "outcome")
                .containsExactly(second, Outcome.PENDING);
    }

    @Test
    void anExcuseOfADeletedConversationIsIgnored() {
        log.conversationIsDeleted(NOON);
        log.providerExcuses(log.nextId(), NOON);

        assertThat(inquiriesAt(NOON)).isEmpty();
        subject.hasIgnored(Map.of("CONVERSATION_DELETED", 1));
    }

    private void excusedInquiries(int count) {
        for (int i = 0; i < count; i++) {
            UUID elsewhere = UUID.randomUUID();
            UUID question = log.append(log.client.writesTo(log.provider, elsewhere, log.nextId(), NOON));
            log.append(excuse(elsewhere, question, ExcusedBy.PROVIDER), NOON);
        }
    }

    private static InquiryExcused excuse(UUID conversation, UUID message, ExcusedBy by) {
        return excuse(conversation, message, by, NOON);
    }

    private static InquiryExcused excuse(UUID conversation, UUID message, ExcusedBy by, Instant at) {
        return new InquiryExcused(conversation, message, ExcuseReason.SPAM, by, at);
    }
}
