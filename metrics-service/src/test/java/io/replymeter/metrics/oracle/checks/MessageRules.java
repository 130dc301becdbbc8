package io.replymeter.metrics.oracle.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.metrics.oracle.Measurement.ProviderInquiry;
import io.replymeter.metrics.oracle.Outcome;
import io.replymeter.metrics.oracle.log.HandwrittenLog;
import io.replymeter.metrics.oracle.log.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule 1, which messages count, and rule 9, which of them count by their clocks. */
abstract class MessageRules extends WorkedExamples {

    private static final List<MessageKind> NOT_HUMAN =
            List.of(MessageKind.AUTO_REPLY, MessageKind.SYSTEM, MessageKind.NOTE, MessageKind.OTHER);

    private static final Duration FUTURE_LIMIT = Duration.ofMinutes(5);
    private static final Duration AGE_LIMIT = Duration.ofDays(31);

    private final UUID id = new UUID(9, 9);

    MessageRules(Subject subject) {
        super(subject);
    }

    /** Criterion 2.1. */
    @Test
    void aClientsMessageOpensAnInquiryAndStartsItsClock() {
        UUID question = log.clientWrites(NOON);

        assertThat(inquiryAt(NOON.plus(HOUR)))
                .isEqualTo(new ProviderInquiry(
                        log.conversation,
                        log.client.id(),
                        question,
                        NOON,
                        NOON,
                        NOON.plus(DAY),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Outcome.PENDING));
    }

    /** Criterion 2.2. */
    @Test
    void theProvidersMessageIsItsResponse() {
        Instant respondedAt = NOON.plus(MINUTE).plus(MICROSECOND);
        UUID question = log.clientWrites(NOON);
        UUID answer = log.providerWrites(respondedAt);

        assertThat(inquiryAt(NOON.plus(HOUR)))
                .isEqualTo(new ProviderInquiry(
                        log.conversation,
                        log.client.id(),
                        question,
                        NOON,
                        NOON,
                        null,
                        answer,
                        respondedAt,
                        60.000001,
                        null,
                        null,
                        null,
                        Outcome.ANSWERED));
    }

    @Test
    void automaticRepliesSystemMessagesNotesAndUnknownKindsNeitherAskNorAnswer() {
        for (MessageKind kind : NOT_HUMAN) {
            log.append(log.client.writesTo(log.provider, UUID.randomUUID(), log.nextId(), NOON, kind));
        }
        log.clientWrites(NOON);
        for (MessageKind kind : NOT_HUMAN) {
            log.append(log.provider.writesTo(log.client, log.conversation, log.nextId(), NOON.plus(MINUTE), kind));
        }

        assertThat(inquiryAt(NOON.plus(HOUR)))
                .extracting("conversationId", "outcome", "respondedAt")
                .containsExactly(log.conversation, Outcome.PENDING, null);
        subject.hasIgnored(Map.of("NOT_HUMAN", 8));
    }

    @Test
    void whatAProviderDoesByAButtonAnswersAndWhatAClientDoesAsksNothing() {
        log.append(log.client.writesTo(log.provider, log.conversation, log.nextId(), NOON, MessageKind.ACTION));
        UUID question = log.clientWrites(NOON.plus(MINUTE));
        UUID accepted = log.append(
                log.provider.writesTo(log.client, log.conversation, log.nextId(), NOON.plus(HOUR), MessageKind.ACTION));

        assertThat(inquiryAt(NOON.plus(HOUR)))
                .extracting("initialMessageId", "responseMessageId", "outcome")
                .containsExactly(question, accepted, Outcome.ANSWERED);
        subject.hasIgnored(Map.of("NOT_HUMAN", 1));
    }

    @Test
    void whoeverOfATeamAnswersTheAccountsThreadIsAnswered() {
        Party member = new Party(UUID.randomUUID(), Role.PROVIDER);
        Party colleague = new Party(UUID.randomUUID(), Role.PROVIDER);
        UUID account = log.provider.id();
        UUID question = log.append(
                HandwrittenLog.of(account, log.client.writesTo(member, log.conversation, log.nextId(), NOON)));
        UUID answer = log.append(HandwrittenLog.of(
                account, colleague.writesTo(log.client, log.conversation, log.nextId(), NOON.plus(HOUR))));

        assertThat(inquiryAt(NOON.plus(HOUR)))
                .extracting("initialMessageId", "responseMessageId", "outcome")
                .containsExactly(question, answer, Outcome.ANSWERED);
        assertThat(inquiriesOf(member.id(), NOON.plus(HOUR))).isEmpty();
        assertThat(inquiriesOf(colleague.id(), NOON.plus(HOUR))).isEmpty();
    }

    @Test
    void aColleagueWhoAnswersForNobodyAnswersInAThreadOfTheirOwn() {
        log.clientWrites(NOON);
        Party colleague = new Party(UUID.randomUUID(), Role.PROVIDER);
        log.append(colleague.writesTo(log.client, log.conversation, log.nextId(), NOON.plus(HOUR)));

        assertThat(outcomeAt(NOON.plus(HOUR))).isEqualTo(Outcome.PENDING);
    }

    @Test
    void anAccountBetweenOtherRolesIsNotMeasured() {
        Party admin = new Party(UUID.randomUUID(), Role.ADMIN);
        log.append(
                HandwrittenLog.of(log.provider.id(), admin.writesTo(log.client, log.conversation, log.nextId(), NOON)));

        assertThat(inquiriesAt(NOON)).isEmpty();
        subject.hasIgnored(Map.of("OTHER_ROLES", 1));
    }

    @Test
    void theKindIsLookedAtBeforeTheRoles() {
        Party admin = new Party(UUID.randomUUID(), Role.ADMIN);
        log.append(admin.writesTo(log.client, log.conversation, log.nextId(), NOON, MessageKind.SYSTEM));
        log.append(log.provider.writesTo(admin, log.conversation, log.nextId(), NOON, MessageKind.ACTION));

        assertThat(inquiriesAt(NOON)).isEmpty();
        subject.hasIgnored(Map.of("NOT_HUMAN", 1, "OTHER_ROLES", 1));
    }

    @Test
    void messagesBetweenOtherRolesAreNotMeasured() {
        for (Role sender : Role.values()) {
            for (Role recipient : Role.values()) {
                log.append(new Party(log.client.id(), sender)
                        .writesTo(new Party(log.provider.id(), recipient), log.conversation, log.nextId(), NOON));
            }
        }

        assertThat(inquiriesAt(NOON.plus(HOUR))).hasSize(1);
        assertThat(inquiriesOf(log.client.id(), NOON.plus(HOUR))).isEmpty();
        subject.hasIgnored(Map.of("OTHER_ROLES", 14));
    }

    @Test
    void theProvidersOfAGroupChatAreMeasuredOneByOne() {
        Party secondProvider = new Party(UUID.randomUUID(), Role.PROVIDER);
        UUID first = log.clientWrites(NOON);
        UUID second =
                log.append(log.client.writesTo(secondProvider, log.conversation, log.nextId(), NOON.plus(MINUTE)));
        log.append(secondProvider.writesTo(log.client, log.conversation, log.nextId(), NOON.plus(HOUR)));

        assertThat(inquiryAt(NOON.plus(HOUR)))
                .extracting("initialMessageId", "outcome", "respondedAt")
                .containsExactly(first, Outcome.PENDING, null);
        assertThat(inquiriesOf(secondProvider.id(), NOON.plus(HOUR)))
                .extracting("initialMessageId", "outcome", "respondedAt", "responseTimeSeconds")
                .containsExactly(tuple(second, Outcome.ANSWERED, NOON.plus(HOUR), 3540.0));
    }

    @Test
    void theClientsOfAGroupChatAreMeasuredOneByOne() {
        Party secondClient = new Party(UUID.randomUUID(), Role.CLIENT);
        log.clientWrites(NOON);
        log.append(secondClient.writesTo(log.provider, log.conversation, log.nextId(), NOON.plus(MINUTE)));
        log.providerWrites(NOON.plus(HOUR));

        assertThat(inquiriesAt(NOON.plus(HOUR)))
                .extracting("clientId", "outcome")
                .containsExactly(tuple(secondClient.id(), Outcome.PENDING), tuple(log.client.id(), Outcome.ANSWERED));
    }

    @Test
    void theConversationsOfTheSamePairAreMeasuredOneByOne() {
        log.clientWrites(NOON);
        log.unansweredInquiry(NOON.plus(MINUTE));

        assertThat(inquiriesAt(NOON.plus(HOUR))).hasSize(2);
    }

    @Test
    void stampedFiveMinutesAheadAMessageCounts() {
        log.append(question(NOON.plus(FUTURE_LIMIT)), NOON);

        assertThat(inquiriesAt(NOON)).hasSize(1);
        subject.hasQuarantined(Map.of());
    }

    @Test
    void stampedMoreThanFiveMinutesAheadAMessageIsQuarantined() {
        log.append(question(NOON.plus(FUTURE_LIMIT).plus(MICROSECOND)), NOON);

        assertThat(inquiriesAt(NOON)).isEmpty();
        subject.hasQuarantined(Map.of("FUTURE", 1));
    }

    @Test
    void appendedExactly31DaysLateAMessageCounts() {
        log.append(question(NOON.minus(AGE_LIMIT)), NOON);

        assertThat(inquiriesAt(NOON.minus(AGE_LIMIT))).hasSize(1);
        subject.hasIgnored(Map.of());
    }

    @Test
    void appendedMoreThan31DaysLateAMessageIsIgnored() {
        log.append(question(NOON.minus(AGE_LIMIT).minus(MICROSECOND)), NOON);

        assertThat(inquiriesAt(NOON.minus(AGE_LIMIT))).isEmpty();
        subject.hasIgnored(Map.of("TOO_OLD", 1));
    }

    @Test
    void eachRecordIsJudgedByItsOwnAppendTimeAndNotByTheClock() {
        metricsAt(NOON.plus(DAY.multipliedBy(400)));
        log.append(question(NOON), NOON.plus(DAY.multipliedBy(32)));
        log.append(question(NOON), NOON);
        log.append(question(NOON), NOON.plus(DAY.multipliedBy(32)));

        assertThat(inquiriesAt(NOON)).hasSize(1);
        subject.hasIgnored(Map.of("TOO_OLD", 2));
    }

    @Test
    void anIgnoredMessageIsNoCopy() {
        log.append(question(NOON), NOON.plus(DAY.multipliedBy(32)));
        log.append(question(NOON.plus(HOUR)), NOON.plus(HOUR));

        assertThat(inquiryAt(NOON.plus(HOUR)).openedAt()).isEqualTo(NOON.plus(HOUR));
    }

    @Test
    void deletionsAreJudgedByTheirAppendTimeToo() {
        Instant tooFarAhead = NOON.plus(FUTURE_LIMIT).plusMillis(1);
        Instant tooOld = NOON.minus(AGE_LIMIT).minusMillis(1);
        log.append(question(NOON), NOON);
        log.append(new MessageDeleted(id, log.conversation, tooFarAhead), NOON);
        log.append(new ConversationDeleted(log.conversation, tooOld), NOON);

        assertThat(inquiriesAt(NOON)).hasSize(1);
        subject.hasQuarantined(Map.of("FUTURE", 1));
        subject.hasIgnored(Map.of("TOO_OLD", 1));
    }

    @Test
    void aDeletionAppendedMoreThan31DaysLateChangesNothing() {
        log.append(question(NOON), NOON);
        log.append(
                new MessageDeleted(id, log.conversation, NOON),
                NOON.plus(AGE_LIMIT).plusMillis(1));

        assertThat(inquiriesAt(NOON)).hasSize(1);
    }

    private MessageCreated question(Instant sentAt) {
        return log.question(id, sentAt);
    }
}
