package io.replymeter.metrics.oracle.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.metrics.oracle.LogRecord;
import io.replymeter.metrics.oracle.Measurement.ProviderInquiry;
import io.replymeter.metrics.oracle.Outcome;
import io.replymeter.metrics.oracle.log.HandwrittenLog;
import io.replymeter.metrics.oracle.log.Party;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule 2: in which order messages are read, and which copy of a message counts. */
abstract class OrderRules extends WorkedExamples {

    private final UUID one = new UUID(0, 1);
    private final UUID highest = new UUID(-1, -1);

    OrderRules(Subject subject) {
        super(subject);
    }

    @Test
    void aResponseThatArrivesBeforeItsInquiryCounts() {
        log.providerWrites(NOON.plus(HOUR));
        assertThat(inquiriesAt(NOON.plus(HOUR))).isEmpty();
        log.clientWrites(NOON);

        assertThat(inquiryAt(NOON.plus(HOUR)))
                .extracting("respondedAt", "responseTimeSeconds")
                .containsExactly(NOON.plus(HOUR), 3600.0);
    }

    @Test
    void anEarlierQuestionThatArrivesLateBecomesTheInquiry() {
        log.clientWrites(NOON.plus(HOUR));
        log.providerWrites(NOON.plus(HOUR.multipliedBy(2)));
        assertThat(inquiryAt(NOON.plus(DAY)).responseTimeSeconds()).isEqualTo(3600);
        log.clientWrites(NOON);

        assertThat(inquiryAt(NOON.plus(DAY)).responseTimeSeconds()).isEqualTo(7200);
    }

    @Test
    void atTheSameTimeTheClientsMessageIsReadFirst() {
        log.append(log.answer(one, NOON));
        log.append(log.question(highest, NOON));

        assertThat(inquiryAt(NOON))
                .extracting("responseMessageId", "responseTimeSeconds")
                .containsExactly(one, 0.0);
    }

    @Test
    void questionsAndAnswersOfTheSameWholeSecondsAreAnsweredAtOnce() {
        for (int day = 0; day < 3; day++) {
            log.append(log.answer(new UUID(0, day), NOON.plus(DAY.multipliedBy(2L * day))));
            log.append(log.question(new UUID(-1, day), NOON.plus(DAY.multipliedBy(2L * day))));
        }

        assertThat(metricsAt(NOON.plus(WEEK)))
                .extracting("sampleSize", "answered", "averageResponseTimeSeconds")
                .containsExactly(3, 3, 0.0);
    }

    @Test
    void ofASidesMessagesAtTheSameTimeTheLowerIdIsReadFirst() {
        log.append(log.question(highest, NOON));
        log.append(log.question(one, NOON));

        assertThat(inquiryAt(NOON).initialMessageId()).isEqualTo(one);
    }

    @Test
    void theLowHalfOfAnIdIsUnsignedToo() {
        log.append(log.question(new UUID(1, -1), NOON));
        log.append(log.question(new UUID(1, 1), NOON));

        assertThat(inquiryAt(NOON).initialMessageId()).isEqualTo(new UUID(1, 1));
    }

    @Test
    void timesAreReadInWholeMicroseconds() {
        log.clientWrites(NOON.plusNanos(999));

        assertThat(inquiryAt(NOON).openedAt()).isEqualTo(NOON);
    }

    @Test
    void aMessageThatArrivesTwiceCountsOnce() {
        UUID question = log.clientWrites(NOON);
        log.append(log.question(question, NOON));
        inquiryAt(NOON);
        log.append(log.question(question, NOON));

        assertThat(inquiriesAt(NOON)).hasSize(1);
        assertThat(metricsAt(NOON).pending()).isEqualTo(1);
        subject.hasIgnored(Map.of("DUPLICATE", 2));
    }

    @Test
    void aResponseThatArrivesAgainADayLaterCountsOnce() {
        log.clientWrites(NOON);
        MessageCreated answer = log.answer(log.nextId(), NOON.plus(HOUR));
        log.append(answer, NOON.plus(HOUR));
        log.append(answer, NOON.plus(HOUR).plus(DAY));

        assertThat(inquiryAt(NOON.plus(DAY)).responseMessageId()).isEqualTo(answer.messageId());
        assertThat(metricsAt(NOON.plus(DAY)).answered()).isEqualTo(1);
        subject.hasIgnored(Map.of("DUPLICATE", 1));
    }

    @Test
    void ofCopiesThatDifferTheEarliestCountsAndTheOthersAreConflicts() {
        log.append(log.question(one, NOON.plus(HOUR)));
        inquiryAt(NOON);
        log.append(log.question(one, NOON));
        log.append(log.question(one, NOON.plus(MINUTE)));

        assertThat(inquiryAt(NOON).openedAt()).isEqualTo(NOON);
        subject.hasIgnored(Map.of("CONFLICT", 2));
    }

    @Test
    void ofAnAnswersCopiesByTwoColleaguesOneCounts() {
        UUID account = log.provider.id();
        log.clientWrites(NOON);
        for (Party colleague :
                List.of(new Party(new UUID(-1, 0), Role.PROVIDER), new Party(new UUID(1, 0), Role.PROVIDER))) {
            log.append(HandwrittenLog.of(account, colleague.writesTo(log.client, log.conversation, highest, NOON)));
        }

        assertThat(inquiryAt(NOON).responseMessageId()).isEqualTo(highest);
        subject.hasIgnored(Map.of("CONFLICT", 1));
    }

    @Test
    void oneAnswerToSeveralClientsAnswersAllUnderOneId() {
        Party second = new Party(UUID.randomUUID(), Role.CLIENT);
        log.clientWrites(NOON);
        log.append(second.writesTo(log.provider, log.conversation, log.nextId(), NOON));
        log.append(log.answer(highest, NOON.plus(HOUR)));
        log.append(log.provider.writesTo(second, log.conversation, highest, NOON.plus(HOUR)));

        assertThat(inquiriesAt(NOON.plus(HOUR)))
                .extracting("outcome", "responseMessageId")
                .containsExactly(tuple(Outcome.ANSWERED, highest), tuple(Outcome.ANSWERED, highest));
        subject.hasIgnored(Map.of());
    }

    @Test
    void twoClientsMayAskUnderOneIdAtOneMoment() {
        Party second = new Party(UUID.randomUUID(), Role.CLIENT);
        log.append(log.question(one, NOON));
        log.append(second.writesTo(log.provider, log.conversation, one, NOON));
        assertThat(inquiriesAt(NOON)).extracting("initialMessageId").containsExactly(one, one);
        log.append(log.answer(highest, NOON.plus(HOUR)));

        assertThat(inquiriesAt(NOON.plus(HOUR)))
                .extracting("outcome")
                .containsExactlyInAnyOrder(Outcome.ANSWERED, Outcome.PENDING);
        assertThat(metricsAt(NOON.plus(HOUR))).extracting("answered", "pending").containsExactly(1, 1);
    }

    @Test
    void aCopyThatSaysActionIsAConflict() {
        log.clientWrites(NOON);
        log.append(log.answer(highest, NOON.plus(HOUR)));
        log.append(log.provider.writesTo(log.client, log.conversation, highest, NOON.plus(HOUR), MessageKind.ACTION));

        assertThat(inquiryAt(NOON.plus(HOUR)).responseMessageId()).isEqualTo(highest);
        subject.hasIgnored(Map.of("CONFLICT", 1));
    }

    @Test
    void aMessageThatIsNotMeasuredIsNoCopy() {
        log.append(log.client.writesTo(log.provider, log.conversation, one, NOON, MessageKind.SYSTEM));
        log.append(log.question(one, NOON.plus(HOUR)));

        assertThat(inquiryAt(NOON.plus(HOUR)).openedAt()).isEqualTo(NOON.plus(HOUR));
    }

    @Test
    void anIdMayOccurInSeveralConversations() {
        log.append(log.question(one, NOON));
        log.append(log.client.writesTo(log.provider, UUID.randomUUID(), one, NOON));

        assertThat(inquiriesAt(NOON)).hasSize(2);
    }

    @Test
    void anyOrderAndAnyBatchingGiveTheSame() {
        UUID question = log.clientWrites(NOON);
        log.providerWrites(NOON.plus(HOUR));
        log.clientWrites(NOON.plus(DAY.multipliedBy(2)));
        log.messageIsDeleted(question, NOON.plus(DAY.multipliedBy(3)));
        ProviderInquiry inOneBatch = inquiryAt(NOON.plus(WEEK));
        List<LogRecord> backwards = new ArrayList<>(log.records());
        Collections.reverse(backwards);

        subject.clear();
        for (int read = 1; read < backwards.size(); read++) {
            subject.read(thresholds, backwards.subList(0, read));
        }

        assertThat(subject.read(thresholds, backwards).inquiries(log.provider.id(), null, NOON.plus(WEEK)))
                .containsExactly(inOneBatch);
    }
}
