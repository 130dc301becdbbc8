package io.replymeter.faults.check;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.faults.check.Snapshot.MessageRow;
import io.replymeter.faults.check.Snapshot.Place;
import io.replymeter.faults.check.Snapshot.TopicRecord;
import io.replymeter.faults.load.Journal;
import io.replymeter.faults.load.Journal.Post;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Finds what is lost, what is there twice and what differs: between what callers were told, what messaging-service stored
 * and what the topic holds. {@link TablesVerifier} goes on from the topic. Nothing may be under way.
 */
public final class Verifier {

    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final Journal journal;
    private final Snapshot snapshot;
    private final List<String> findings;

    private Verifier(Journal journal, Snapshot snapshot) {
        this.journal = journal;
        this.snapshot = snapshot;
        this.findings = new ArrayList<>(journal.violations());
    }

    /** What is wrong: each begins with {@code lost}, {@code twice} or {@code differs}. Empty if nothing is. */
    public static List<String> findings(Journal journal, Snapshot snapshot) {
        Verifier verifier = new Verifier(journal, snapshot);
        verifier.look();
        return verifier.findings;
    }

    private void look() {
        Map<TopicRecord, Event> events = events(snapshot.topic());
        if (snapshot.outbox() > 0) {
            findings.add("lost: " + snapshot.outbox() + " events still wait in the outbox");
        }
        otherProducers();
        Map<TopicRecord, Event> own = events(everAppended().toList());
        own.keySet().removeIf(record -> journal.records().containsKey(record.value()));
        posts(created(own.values()));
        deletions(own.values());
        sequences(own);
        compare("quarantine", refused(events), snapshot.quarantine(), findings);
        findings.addAll(TablesVerifier.findings(snapshot, events));
    }

    private Stream<TopicRecord> everAppended() {
        return Stream.concat(snapshot.removed().stream(), snapshot.topic().stream());
    }

    /** Those of the records that are not broken. */
    private Map<TopicRecord, Event> events(List<TopicRecord> records) {
        Map<TopicRecord, Event> events = new LinkedHashMap<>();
        for (TopicRecord record : records) {
            if (!journal.broken().contains(record.value())) {
                events.put(record, EventReader.read(record.value()));
            }
        }
        return events;
    }

    /** Broken ones, and those stamped too far ahead of the broker's clock. */
    private Set<Place> refused(Map<TopicRecord, Event> events) {
        return snapshot.topic().stream()
                .filter(record -> {
                    Event event = events.get(record);
                    return event == null
                            || stampOf(event).isAfter(record.appendedAt().plus(AHEAD));
                })
                .map(TopicRecord::place)
                .collect(toSet());
    }

    private static Instant stampOf(Event event) {
        if (event instanceof MessageCreated created) {
            return created.sentAt();
        }
        if (event instanceof MessageDeleted deleted) {
            return deleted.deletedAt();
        }
        return event instanceof InquiryExcused excused
                ? excused.excusedAt()
                : ((ConversationDeleted) event).deletedAt();
    }

    /** What the broker acknowledged is there. A client may have repeated it. */
    private void otherProducers() {
        Set<String> there = everAppended().map(TopicRecord::value).collect(toSet());
        journal.records().forEach((value, isAcknowledged) -> {
            if (isAcknowledged && !there.contains(value)) {
                findings.add("lost: the topic has no record " + value);
            }
        });
    }

    private static Map<UUID, MessageCreated> created(Collection<Event> own) {
        return own.stream()
                .filter(MessageCreated.class::isInstance)
                .map(MessageCreated.class::cast)
                .collect(toMap(MessageCreated::messageId, event -> event, (first, repeated) -> first));
    }

    /** Told, stored and sent are the same: no post is missing, no key gave two messages, no event came of nothing. */
    private void posts(Map<UUID, MessageCreated> sent) {
        Set<Post> inTheTopic = sent.values().stream()
                .map(event -> new Post(
                        event.messageId(),
                        event.conversationId(),
                        event.senderId(),
                        event.recipientId(),
                        event.senderRole().name(),
                        event.sentAt(),
                        event.sequence() == null ? 0 : event.sequence()))
                .collect(toSet());
        compare("posts in the topic", new HashSet<>(journal.posts().values()), inTheTopic, findings);
        Set<MessageRow> told = journal.posts().values().stream()
                .map(post -> new MessageRow(
                        post.messageId(),
                        post.conversationId(),
                        post.senderId(),
                        post.sequence(),
                        post.sentAt(),
                        false))
                .collect(toSet());
        Set<MessageRow> stored = snapshot.messages().stream()
                .map(row -> new MessageRow(
                        row.id(), row.conversationId(), row.senderId(), row.sequence(), row.sentAt(), false))
                .collect(toSet());
        compare("posts in the database", told, stored, findings);
    }

    private void deletions(Collection<Event> own) {
        compare(
                "deleted messages",
                snapshot.messages().stream()
                        .filter(MessageRow::isDeleted)
                        .map(MessageRow::id)
                        .collect(toSet()),
                own.stream()
                        .filter(MessageDeleted.class::isInstance)
                        .map(event -> ((MessageDeleted) event).messageId())
                        .collect(toSet()),
                findings);
        compare(
                "deleted conversations",
                snapshot.deletedConversations(),
                own.stream()
                        .filter(ConversationDeleted.class::isInstance)
                        .map(Event::conversationId)
                        .collect(toSet()),
                findings);
    }

    /**
     * At its first appearance, each message follows the one before. Only where a conversation is in two partitions, as after
     * some were added, can nobody tell the order between them.
     */
    private void sequences(Map<TopicRecord, Event> own) {
        Map<UUID, Map<Integer, Set<Long>>> byConversation = new HashMap<>();
        own.forEach((record, event) -> {
            if (event instanceof MessageCreated created) {
                byConversation
                        .computeIfAbsent(created.conversationId(), id -> new TreeMap<>())
                        .computeIfAbsent(record.place().partition(), partition -> new LinkedHashSet<>())
                        .add(requireNonNull(created.sequence()));
            }
        });
        byConversation.forEach((conversation, inOrder) -> {
            Set<Long> all = new TreeSet<>();
            inOrder.values().forEach(all::addAll);
            boolean isContiguous =
                    all.equals(LongStream.rangeClosed(1, all.size()).boxed().collect(toSet()));
            if (!isContiguous || !inOrder.values().stream().allMatch(Verifier::isAscending)) {
                findings.add("differs: the messages of conversation " + conversation + " came in the order " + inOrder);
            }
        });
    }

    private static boolean isAscending(Set<Long> numbers) {
        return List.copyOf(new TreeSet<>(numbers)).equals(List.copyOf(numbers));
    }

    /** Finds what is only among {@code expected} and what is only among {@code found}. */
    static <T> void compare(String what, Set<T> expected, Set<T> found, Collection<String> findings) {
        for (T one : expected) {
            if (!found.contains(one)) {
                findings.add("lost: " + what + ": no " + one);
            }
        }
        for (T one : found) {
            if (!expected.contains(one)) {
                findings.add("twice: " + what + ": nobody expected " + one);
            }
        }
    }
}
