package io.replymeter.metrics.oracle.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.MessageCreated;
import io.replymeter.metrics.oracle.Outcome;
import io.replymeter.metrics.oracle.log.HandwrittenLog;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule 3, when the clock starts, and what that means for the horizon, the outcome and the window. */
abstract class ClockRules extends WorkedExamples {

    private static final Instant MORNING = NOON.plus(Duration.ofHours(20));
    private static final Duration FORTNIGHT = Duration.ofDays(14);

    ClockRules(Subject subject) {
        super(subject);
    }

    @Test
    void theClockStartsWhenTheMessageCanFairlyBeAnswered() {
        log.clientWrites(NOON, MORNING);
        log.providerWrites(MORNING.plus(MINUTE));

        assertThat(inquiryAt(MORNING.plus(HOUR)))
                .extracting("askedAt", "openedAt", "responseTimeSeconds", "outcome")
                .containsExactly(NOON, MORNING, 60.0, Outcome.ANSWERED);
    }

    @Test
    void aResponseBeforeTheClockStartsTakesNoTime() {
        log.clientWrites(NOON, MORNING);
        UUID answer = log.providerWrites(NOON.plus(HOUR));

        assertThat(inquiryAt(NOON.plus(HOUR)))
                .extracting("askedAt", "openedAt", "responseMessageId", "responseTimeSeconds")
                .containsExactly(NOON, NOON.plus(HOUR), answer, 0.0);
    }

    @Test
    void aClockBeforeTheMessageStartsWithIt() {
        log.clientWrites(NOON, NOON.minus(HOUR));

        assertThat(inquiryAt(NOON).openedAt()).isEqualTo(NOON);
    }

    @Test
    void theClockStartsAtMostFourteenDaysLater() {
        log.clientWrites(NOON, NOON.plus(FORTNIGHT).plus(MICROSECOND));

        assertThat(inquiryAt(NOON.plus(FORTNIGHT)).openedAt()).isEqualTo(NOON.plus(FORTNIGHT));
    }

    @Test
    void untilTheClockStartsAndADayLongerTheInquiryIsPending() {
        log.clientWrites(NOON, MORNING);

        assertThat(inquiryAt(MORNING.minus(HOUR)))
                .extracting("outcome", "answerBy")
                .containsExactly(Outcome.PENDING, MORNING.plus(DAY));
        assertThat(outcomeAt(MORNING.plus(DAY))).isEqualTo(Outcome.PENDING);
        assertThat(inquiryAt(MORNING.plus(DAY).plus(MICROSECOND)))
                .extracting("outcome", "answerBy")
                .containsExactly(Outcome.OVERDUE, null);
    }

    @Test
    void theSevenDaysBeginWithTheClock() {
        log.clientWrites(NOON, MORNING);
        log.clientWrites(MORNING.plus(WEEK));
        log.providerWrites(MORNING.plus(WEEK));

        assertThat(inquiryAt(MORNING.plus(WEEK)))
                .extracting("respondedAt", "outcome")
                .containsExactly(MORNING.plus(WEEK), Outcome.ANSWERED_LATE);
    }

    @Test
    void afterSevenDaysOfTheClockTheNextQuestionOpensAnother() {
        log.clientWrites(NOON, MORNING);
        log.clientWrites(MORNING.plus(WEEK).plus(MICROSECOND));

        assertThat(inquiriesAt(MORNING.plus(WEEK).plus(HOUR))).hasSize(2);
    }

    @Test
    void theSilenceIsMeasuredToTheMessageAndNotToTheClock() {
        log.providerWrites(NOON);
        log.clientWrites(NOON.plus(HOUR), NOON.plus(DAY.multipliedBy(2)));

        assertThat(inquiriesAt(NOON.plus(DAY.multipliedBy(3)))).isEmpty();
    }

    @Test
    void theClockOfAFollowUpChangesNothing() {
        log.clientWrites(NOON);
        log.clientWrites(NOON.plus(HOUR), MORNING);
        log.providerWrites(NOON.plus(HOUR.multipliedBy(2)));

        assertThat(inquiryAt(NOON.plus(DAY)).responseTimeSeconds()).isEqualTo(7200.0);
    }

    @Test
    void theClockOfAProvidersMessageMeansNothing() {
        log.clientWrites(NOON);
        log.append(HandwrittenLog.answerable(MORNING, log.answer(log.nextId(), NOON.plus(HOUR))));

        assertThat(inquiryAt(NOON.plus(DAY)).responseTimeSeconds()).isEqualTo(3600.0);
    }

    /** The bot answers at 09:05, hands over on Friday at 14:00, and somebody answers at 14:10. */
    @Test
    void aBotThatHandsOverStartsTheClockThen() {
        Instant handOver = Instant.parse("2026-03-06T14:00:00Z");
        log.clientWrites(Instant.parse("2026-03-06T09:00:00Z"), handOver);
        log.append(log.provider.writesTo(
                log.client,
                log.conversation,
                log.nextId(),
                Instant.parse("2026-03-06T09:05:00Z"),
                io.replymeter.events.MessageKind.AUTO_REPLY));
        log.providerWrites(handOver.plus(MINUTE.multipliedBy(10)));

        assertThat(inquiryAt(handOver.plus(HOUR)).responseTimeSeconds()).isEqualTo(600.0);
    }

    @Test
    void anInquiryIsInTheWindowOnTheDayOnWhichItsClockStarts() {
        log.clientWrites(NOON, NOON.plus(FORTNIGHT));
        Instant lastDay = NOON.plus(FORTNIGHT).plus(DAY.multipliedBy(29));

        assertThat(inquiriesAt(NOON.plus(DAY))).isEmpty();
        assertThat(inquiriesAt(lastDay)).hasSize(1);
        assertThat(metricsAt(lastDay).unanswered()).isEqualTo(1);
        assertThat(inquiriesAt(lastDay.plus(DAY))).isEmpty();
    }

    @Test
    void aMessageIsKeptUntilItsClockHasLeftTheWindow() {
        UUID question = log.clientWrites(NOON, NOON.plus(FORTNIGHT));
        inquiriesAt(NOON);
        Instant later = NOON.plus(FORTNIGHT).plus(DAY.multipliedBy(20));
        subject.cleanUp(later);
        assertThat(inquiriesAt(later)).hasSize(1);
        log.messageIsDeleted(question, later);

        assertThat(inquiriesAt(later)).isEmpty();
    }

    /** A deletion must not count down a day that has been cleaned up. */
    @Test
    void anAnsweredMessageMayBeDeletedWhenItsDayIsGone() {
        UUID question = log.clientWrites(NOON, NOON.plus(FORTNIGHT));
        log.providerWrites(NOON.plus(HOUR));
        inquiriesAt(NOON.plus(HOUR));
        Instant later = NOON.plus(DAY.multipliedBy(40));
        subject.cleanUp(later);
        log.messageIsDeleted(question, later);

        assertThat(inquiriesAt(later)).isEmpty();
        assertThat(metricsAt(later).sampleSize()).isZero();
    }

    @Test
    void ofCopiesTheEarliestSaysWhenTheClockStarts() {
        MessageCreated question = log.question(log.nextId(), NOON);
        log.append(HandwrittenLog.answerable(MORNING, question));
        log.append(question);

        assertThat(inquiryAt(MORNING).openedAt()).isEqualTo(NOON);
        subject.hasIgnored(java.util.Map.of("CONFLICT", 1));
    }
}
