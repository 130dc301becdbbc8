package io.replymeter.metrics.oracle.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.metrics.oracle.Measurement.Day;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule 8: what a deletion changes. */
abstract class DeletionRules extends WorkedExamples {

    private final UUID id = new UUID(9, 9);

    DeletionRules(Subject subject) {
        super(subject);
    }

    @Test
    void aClientsDeletedMessageWasNeverSent() {
        UUID first = log.clientWrites(NOON);
        UUID second = log.clientWrites(NOON.plus(HOUR));
        assertThat(inquiryAt(NOON.plus(DAY)).initialMessageId()).isEqualTo(first);
        log.messageIsDeleted(first, NOON.plus(DAY));

        assertThat(inquiryAt(NOON.plus(DAY)).initialMessageId()).isEqualTo(second);
        assertThat(metricsAt(NOON.plus(WEEK)).unanswered()).isEqualTo(1);
    }

    @Test
    void theDeletionOfAMessageMayArriveFirst() {
        log.messageIsDeleted(id, NOON);
        inquiriesAt(NOON);
        log.append(question(NOON), NOON.plus(DAY));

        assertThat(inquiriesAt(NOON.plus(DAY))).isEmpty();
    }

    @Test
    void aProviderWhoseOnlyInquiryIsDeletedHasNoData() {
        UUID question = log.clientWrites(NOON);
        log.providerWrites(NOON.plus(HOUR));
        assertThat(metricsAt(NOON.plus(HOUR)).answered()).isEqualTo(1);
        log.messageIsDeleted(question, NOON.plus(DAY));

        assertThat(metricsAt(NOON.plus(DAY)).answered()).isZero();
        assertThat(measurement().days(log.provider.id(), NOON.plus(DAY)))
                .extracting(Day::inquiries)
                .containsOnly(0);
    }

    @Test
    void aProvidersDeletedMessageStillCounts() {
        log.clientWrites(NOON);
        UUID answer = log.providerWrites(NOON.plus(HOUR));
        log.messageIsDeleted(answer, NOON.plus(DAY));

        assertThat(inquiryAt(NOON.plus(DAY)).responseMessageId()).isEqualTo(answer);
    }

    @Test
    void theDeletionOfAMessageConcernsOneConversation() {
        log.append(question(NOON));
        log.append(new MessageDeleted(id, UUID.randomUUID(), NOON), NOON);

        assertThat(inquiriesAt(NOON)).hasSize(1);
    }

    @Test
    void noCopyTakesThePlaceOfADeletedMessage() {
        log.append(question(NOON));
        log.append(question(NOON.plus(HOUR)));
        log.append(log.answer(id, NOON.plus(HOUR)));
        log.messageIsDeleted(id, NOON.plus(DAY));

        assertThat(inquiriesAt(NOON.plus(DAY))).isEmpty();
    }

    @Test
    void deletedExactly31DaysLaterAMessageIsTakenOut() {
        log.append(question(NOON));
        log.messageIsDeleted(id, NOON.plus(DAY.multipliedBy(31)));

        assertThat(inquiriesAt(NOON.plus(DAY))).isEmpty();
    }

    @Test
    void deletedMoreThan31DaysLaterAMessageStays() {
        log.append(question(NOON));
        log.messageIsDeleted(id, NOON.plus(DAY.multipliedBy(31)).plusMillis(1));

        assertThat(inquiriesAt(NOON.plus(DAY))).hasSize(1);
    }

    @Test
    void ofSeveralDeletionsTheFirstCounts() {
        log.append(question(NOON));
        log.messageIsDeleted(id, NOON.plus(DAY.multipliedBy(40)));
        log.messageIsDeleted(id, NOON.plus(DAY));

        assertThat(inquiriesAt(NOON.plus(DAY))).isEmpty();
    }

    @Test
    void aDeletedConversationTakesOnlyItsOwnInquiriesWithIt() {
        log.clientWrites(NOON);
        log.providerWrites(NOON.plus(HOUR));
        UUID elsewhere = log.unansweredInquiry(NOON);
        assertThat(inquiriesAt(NOON.plus(DAY))).hasSize(2);
        log.conversationIsDeleted(NOON.plus(DAY));

        assertThat(inquiryAt(NOON.plus(DAY)).conversationId()).isEqualTo(elsewhere);
        assertThat(metricsAt(NOON.plus(DAY))).extracting("answered", "pending").containsExactly(0, 1);
    }

    @Test
    void theDeletionOfAConversationIsFinal() {
        Instant later = NOON.plus(DAY.multipliedBy(100));
        log.conversationIsDeleted(NOON);
        metricsAt(NOON);
        subject.cleanUp(later);
        log.clientWrites(later);
        log.conversationIsDeleted(later);

        assertThat(inquiriesAt(later)).isEmpty();
        subject.hasIgnored(Map.of("CONVERSATION_DELETED", 2));
    }

    private MessageCreated question(Instant sentAt) {
        return log.question(id, sentAt);
    }
}
