package io.replymeter.metrics.oracle.log;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.metrics.oracle.Inquiry;
import io.replymeter.metrics.oracle.LogRecord;
import io.replymeter.metrics.oracle.Oracle;
import io.replymeter.metrics.oracle.Outcome;
import io.replymeter.metrics.oracle.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The generator produces what it promises, and the arrangements change only what they say. */
class ThreadGeneratorTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final List<LogRecord> LOG = new ThreadGenerator(1, NOW).log(400);

    private final Arrangements arrangements = new Arrangements(1);
    private final Oracle oracle = new Oracle(Thresholds.RULESET_2, LOG);

    @Test
    void theSameSeedGivesTheSameLog() {
        assertThat(new ThreadGenerator(7, NOW).log(20)).isEqualTo(new ThreadGenerator(7, NOW).log(20));
        assertThat(new ThreadGenerator(7, NOW).log(20)).isNotEqualTo(new ThreadGenerator(8, NOW).log(20));
    }

    @Test
    void appendTimesNeverDecreaseAndEndBeforeNow() {
        assertThat(LOG).extracting(LogRecord::appendedAt).isSorted().allMatch(time -> !time.isAfter(NOW));
        assertThat(LOG.get(0).appendedAt()).isBefore(NOW.minus(DAY.multipliedBy(50)));
    }

    @Test
    void everyOutcomeOccurs() {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        oracle.inquiries().forEach(inquiry -> outcomes.add(oracle.outcome(inquiry, NOW)));

        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
    }

    @Test
    void responsesLieOnAndBesideTheLimits() {
        assertThat(oracle.inquiries())
                .extracting(Inquiry::responseTime)
                .contains(
                        Duration.ofNanos(1000),
                        DAY.minusNanos(1000),
                        DAY,
                        DAY.plusNanos(1000),
                        DAY.multipliedBy(7).minusNanos(1000),
                        DAY.multipliedBy(7));
    }

    @Test
    void clocksStartLaterThanTheirMessages() {
        Duration longest = DAY.multipliedBy(14);

        assertThat(oracle.inquiries())
                .extracting(inquiry -> Duration.between(inquiry.askedAt(), inquiry.openedAt()))
                .contains(longest)
                .filteredOn(deferral -> !deferral.isZero())
                .hasSizeGreaterThan(100);
        assertThat(oracle.inquiries())
                .filteredOn(inquiry -> inquiry.openedAt().equals(inquiry.respondedAt()))
                .anyMatch(inquiry -> inquiry.openedAt().isAfter(inquiry.askedAt()));
    }

    @Test
    void bothSidesExcuse() {
        assertThat(oracle.inquiries())
                .extracting(Inquiry::excuse)
                .filteredOn(excuse -> excuse != null)
                .extracting(Inquiry.Excuse::by)
                .contains("PROVIDER", "PLATFORM")
                .hasSizeGreaterThan(50);
        assertThat(oracle.inquiries().stream().map(Inquiry::providerId).distinct())
                .anyMatch(provider -> oracle.metrics(provider, NOW).excusedBeyondAllowance() > 0);
    }

    @Test
    void excusesComeBeforeAndAfterTheirMessages() {
        List<LogRecord> excuses = LOG.stream()
                .filter(record -> record.event() instanceof InquiryExcused)
                .toList();
        Map<UUID, Instant> appended = LOG.stream()
                .filter(record -> record.event() instanceof MessageCreated)
                .collect(toMap(
                        record -> ((MessageCreated) record.event()).messageId(), LogRecord::appendedAt, (a, b) -> a));

        assertThat(excuses).anyMatch(record -> record.appendedAt().isBefore(appended.get(named(record))));
        assertThat(excuses).anyMatch(record -> record.appendedAt().isAfter(appended.get(named(record))));
    }

    private static UUID named(LogRecord excuse) {
        return ((InquiryExcused) excuse.event()).messageId();
    }

    @Test
    void colleaguesAnswerForAnAccountAndMessagesGoToSeveralClients() {
        assertThat(messages())
                .filteredOn(message -> message.senderRole() == Role.PROVIDER)
                .anyMatch(message ->
                        message.providerId() != null && !message.providerId().equals(message.senderId()));
        assertThat(messages().stream()
                        .collect(groupingBy(
                                message -> List.of(message.conversationId(), message.messageId(), message.sentAt())))
                        .values())
                .anyMatch(differs(MessageCreated::recipientId));
    }

    @Test
    void inquiriesLieOnAndBesideTheWindowsEdge() {
        Instant edge = Instant.parse("2026-10-24T00:00:00Z");

        assertThat(oracle.inquiries())
                .extracting(Inquiry::openedAt)
                .contains(edge.minusNanos(1000), edge, edge.plusNanos(1000));
    }

    @Test
    void everyProviderHasEnoughToShow() {
        Set<UUID> providers = new HashSet<>();
        oracle.inquiries().forEach(inquiry -> providers.add(inquiry.providerId()));

        assertThat(providers)
                .filteredOn(provider -> oracle.metrics(provider, NOW).sampleSize() >= 3)
                .hasSizeGreaterThan(40);
    }

    @Test
    void clocksLieOnAndBesideTheirLimits() {
        List<Duration> ahead = LOG.stream()
                .filter(record -> record.event() instanceof MessageCreated)
                .map(record -> Duration.between(record.appendedAt(), ((MessageCreated) record.event()).sentAt()))
                .toList();

        assertThat(ahead)
                .contains(
                        Duration.ofMinutes(5), Duration.ofMinutes(5).plusNanos(1000),
                        DAY.multipliedBy(-31), DAY.multipliedBy(-31).minusNanos(999_000));
    }

    @Test
    void messagesAreDuplicatedAndContradicted() {
        Map<?, List<MessageCreated>> copies = messages().stream()
                .collect(groupingBy(message -> List.of(message.conversationId(), message.messageId())));

        assertThat(copies.values()).anyMatch(same -> same.size() > new HashSet<>(same).size());
        assertThat(copies.values()).anyMatch(differs(MessageCreated::sentAt));
        assertThat(copies.values()).anyMatch(differs(MessageCreated::senderId));
        assertThat(copies.values()).anyMatch(differs(MessageCreated::senderRole));
        assertThat(copies.values()).anyMatch(differs(MessageCreated::recipientId));
        assertThat(copies.values()).anyMatch(differs(MessageCreated::kind));
        assertThat(copies.values()).anyMatch(differs(message -> Optional.ofNullable(message.answerableFrom())));
    }

    @Test
    void messageIdsAreSharedBetweenConversations() {
        assertThat(messages().stream()
                        .collect(groupingBy(MessageCreated::messageId))
                        .values())
                .anyMatch(differs(MessageCreated::conversationId));
    }

    @Test
    void messagesOfAThreadShareTheirTime() {
        assertThat(messages().stream()
                        .collect(groupingBy(message -> List.of(message.conversationId(), message.sentAt())))
                        .values())
                .anyMatch(differs(MessageCreated::messageId));
    }

    @Test
    void everyKindAndBothDeletionsOccur() {
        assertThat(messages()).extracting(MessageCreated::kind).contains(MessageKind.values());
        assertThat(LOG).extracting(LogRecord::event).hasAtLeastOneElementOfType(MessageDeleted.class);
        assertThat(LOG).extracting(LogRecord::event).hasAtLeastOneElementOfType(ConversationDeleted.class);
    }

    @Test
    void recordsLieInWrongPartitions() {
        assertThat(LOG.stream()
                        .collect(groupingBy(record -> record.event().conversationId()))
                        .values())
                .anyMatch(differs(LogRecord::partition));
    }

    @Test
    void leavingDeletionsOutChangesMuch() {
        List<LogRecord> kept = LOG.stream()
                .filter(record -> record.event() instanceof MessageCreated)
                .toList();

        assertThat(new Oracle(Thresholds.RULESET_2, kept)
                        .inquiries().stream()
                                .filter(inquiry -> !oracle.inquiries().contains(inquiry)))
                .hasSizeGreaterThan(50);
    }

    @Test
    void theOracleSeesNoDifferenceBetweenArrangements() {
        List<List<LogRecord>> arranged = List.of(
                arrangements.permuted(LOG),
                arrangements.interleaved(LOG),
                arrangements.disturbed(LOG, DAY),
                arrangements.duplicated(LOG, 3));

        assertThat(arranged)
                .allSatisfy(log -> assertThat(new Oracle(Thresholds.RULESET_2, log).inquiries())
                        .isEqualTo(oracle.inquiries()));
    }

    @Test
    void permutedInterleavedAndDisturbedRecordsAreTheSameRecords() {
        assertThat(arrangements.permuted(LOG)).isNotEqualTo(LOG).containsExactlyInAnyOrderElementsOf(LOG);
        assertThat(arrangements.interleaved(LOG)).isNotEqualTo(LOG).containsExactlyInAnyOrderElementsOf(LOG);
        assertThat(arrangements.disturbed(LOG, DAY)).isNotEqualTo(LOG).containsExactlyInAnyOrderElementsOf(LOG);
    }

    @Test
    void interleavingKeepsEachPartitionsOrder() {
        Map<Integer, List<LogRecord>> partitions =
                arrangements.interleaved(LOG).stream().collect(groupingBy(LogRecord::partition));

        assertThat(partitions.values())
                .allSatisfy(partition ->
                        assertThat(partition).extracting(LogRecord::appendedAt).isSorted());
    }

    @Test
    void duplicatesAreAdded() {
        List<LogRecord> duplicated = arrangements.duplicated(LOG, 3);

        assertThat(duplicated).hasSizeGreaterThan(LOG.size() * 5 / 4).containsAll(LOG);
        assertThat(LOG).containsAll(duplicated);
    }

    @Test
    void batchesHoldTheirLogInOrder() {
        List<List<LogRecord>> batches = arrangements.batches(LOG, 100);
        List<LogRecord> joined = new ArrayList<>();
        batches.forEach(joined::addAll);

        assertThat(joined).isEqualTo(LOG);
        assertThat(batches).extracting(List::size).contains(1).anyMatch(size -> size > 50);
    }

    @Test
    void everySeedWorks() {
        assertThat(LongStream.range(0, 200))
                .allSatisfy(seed ->
                        assertThat(new ThreadGenerator(seed, NOW).log(1)).isNotEmpty());
    }

    private static List<MessageCreated> messages() {
        return LOG.stream()
                .map(LogRecord::event)
                .filter(MessageCreated.class::isInstance)
                .map(MessageCreated.class::cast)
                .toList();
    }

    private static <T> Predicate<List<T>> differs(Function<T, ?> property) {
        return list -> list.stream().map(property).distinct().count() > 1;
    }
}
