package io.replymeter.faults.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.faults.check.Snapshot.MessageRow;
import io.replymeter.faults.check.Snapshot.TopicRecord;
import io.replymeter.faults.load.Journal;
import io.replymeter.faults.load.Journal.Post;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Finds what is lost, what is there twice and what differs: between what callers were told, what messaging-service stored
 * and what the topic holds. {@link TablesVerifier} goes on from the topic. Nothing may be under way.
 */
public final class Verifier {

    private final Journal journal;
    private final Snapshot snapshot;
    private final Map<TopicRecord, Event> events = new LinkedHashMap<>();
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
        for (TopicRecord record : snapshot.topic()) {
            if (!journal.broken().contains(record.value())) {
                events.put(record, EventReader.read(record.value()));
            }
        }
        if (snapshot.outbox() > 0) {
            findings.add("lost: " + snapshot.outbox() + " events still wait in the outbox");
        }
        otherProducers();
        List<Event> own = events.entrySet().stream()
                .filter(entry -> !journal.records().containsKey(entry.getKey().value()))
                .map(Map.Entry::getValue)
                .toList();
        posts(created(own));
        deletions(own);
        sequences(own);
        Set<Snapshot.Place> broken = snapshot.topic().stream()
                .filter(record -> journal.broken().contains(record.value()))
                .map(TopicRecord::place)
                .collect(toSet());
        compare("quarantine", broken, snapshot.quarantine(), findings);
        findings.addAll(TablesVerifier.findings(snapshot, events));
    }

    /** What the broker acknowledged is there. A client may have repeated it. */
    private void otherProducers() {
        Set<String> there = snapshot.topic().stream().map(TopicRecord::value).collect(toSet());
        journal.records().forEach((value, isAcknowledged) -> {
            if (isAcknowledged && !there.contains(value)) {
                findings.add("lost: the topic has no record " + value);
            }
        });
    }

    private static Map<UUID, MessageCreated> created(List<Event> own) {
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

    private void deletions(List<Event> own) {
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

    /** At its first appearance, each message follows the one before. */
    private void sequences(List<Event> own) {
        own.stream()
                .filter(MessageCreated.class::isInstance)
                .map(MessageCreated.class::cast)
                .collect(groupingBy(MessageCreated::conversationId))
                .forEach((conversation, messages) -> {
                    Set<Long> inOrder = new LinkedHashSet<>();
                    messages.forEach(message -> inOrder.add(message.sequence()));
                    long next = 1;
                    for (Long sequence : inOrder) {
                        if (sequence == null || sequence != next++) {
                            findings.add("differs: the messages of conversation " + conversation + " came in the order "
                                    + inOrder);
                            return;
                        }
                    }
                });
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
