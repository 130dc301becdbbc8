package io.replymeter.metrics.oracle.log;

import static java.util.Comparator.naturalOrder;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.metrics.oracle.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Everything that is appended about one conversation, in no particular order and all in partition 0. */
final class GeneratedConversation {

    /** A client and a provider of the conversation, who are not the same. */
    record Pair(Party client, Party provider) {}

    private static final int LONGEST_THREAD = 14;

    private final Chance chance;
    private final GeneratedTimes times;
    private final UUID id;
    private final List<Pair> pairs;
    private final List<UUID> knownElsewhere;
    private final Set<UUID> messageIds = new HashSet<>();
    private final List<LogRecord> log = new ArrayList<>();

    /** @param knownElsewhere message ids of other conversations; this one uses some of them too */
    GeneratedConversation(Chance chance, GeneratedTimes times, List<Pair> pairs, List<UUID> knownElsewhere) {
        this.chance = chance;
        this.times = times;
        this.id = chance.id();
        this.pairs = pairs;
        this.knownElsewhere = knownElsewhere;
    }

    List<LogRecord> log() {
        pairs.forEach(this::thread);
        deleteUnknownMessages();
        if (chance.oneIn(10)) {
            deleteConversation();
        }
        return log;
    }

    /** The ids its messages have. */
    Set<UUID> messageIds() {
        return messageIds;
    }

    private void thread(Pair pair) {
        Instant first = times.start();
        Instant sentAt = first;
        boolean byClient = chance.percent(80);
        int length = chance.between(1, LONGEST_THREAD);
        for (int i = 0; i < length && !sentAt.isAfter(times.now().plus(Duration.ofMinutes(6))); i++) {
            message(byClient ? pair.client : pair.provider, byClient ? pair.provider : pair.client, sentAt);
            byClient = chance.percent(60) != byClient;
            first = chance.oneIn(4) ? sentAt : first;
            sentAt = times.next(sentAt, first);
        }
    }

    private void message(Party sender, Party recipient, Instant sentAt) {
        MessageCreated message = unmeasured(sender.writesTo(recipient, id, newMessageId(), sentAt));
        List<MessageCreated> copies = new ArrayList<>(List.of(message));
        while (chance.oneIn(10)) {
            copies.add(contradict(chance.oneOf(copies)));
        }
        Instant first =
                copies.stream().map(MessageCreated::sentAt).min(naturalOrder()).orElseThrow();
        Instant last =
                copies.stream().map(MessageCreated::sentAt).max(naturalOrder()).orElseThrow();
        copies.forEach(copy -> append(copy, copies.size() > 1, first));
        while (chance.oneIn(8)) {
            delete(message.messageId(), times.deleted(first, last));
        }
    }

    private void append(MessageCreated copy, boolean contradicted, Instant first) {
        do {
            Instant appendedAt = times.appended(copy.sentAt());
            Instant limit = GeneratedTimes.lastContradiction(first);
            log.add(new LogRecord(copy, contradicted && appendedAt.isAfter(limit) ? limit : appendedAt));
        } while (chance.oneIn(12));
    }

    private void delete(UUID messageId, Instant appendedAt) {
        log.add(new LogRecord(new MessageDeleted(messageId, id, times.deletionStamp(appendedAt)), appendedAt));
    }

    private void deleteUnknownMessages() {
        while (chance.oneIn(8)) {
            UUID unknown = knownElsewhere.isEmpty() ? chance.id() : chance.oneOf(knownElsewhere);
            if (!messageIds.contains(unknown)) {
                delete(unknown, times.any());
            }
        }
    }

    private void deleteConversation() {
        do {
            Instant appendedAt = times.any();
            Event deleted = new ConversationDeleted(id, times.deletionStamp(appendedAt));
            log.add(new LogRecord(deleted, appendedAt));
        } while (chance.oneIn(3));
    }

    private UUID newMessageId() {
        UUID shared = chance.oneIn(20) && !knownElsewhere.isEmpty() ? chance.oneOf(knownElsewhere) : chance.id();
        UUID messageId = messageIds.contains(shared) ? chance.id() : shared;
        messageIds.add(messageId);
        return messageId;
    }

    /** Another message under the same id. */
    private MessageCreated contradict(MessageCreated message) {
        Party sender = sender(message);
        Party recipient = recipient(message);
        Pair other = chance.oneOf(pairs);
        MessageCreated changed = switch (chance.between(0, 5)) {
            case 0 -> between(recipient, sender, message);
            case 1 ->
                between(new Party(sender.id(), recipient.role()), new Party(recipient.id(), sender.role()), message);
            case 2 -> between(other.client, other.provider, message);
            case 3 -> between(other.provider, other.client, message);
            default -> message;
        };
        return unmeasured(chance.percent(60) ? at(times.contradicting(message.sentAt()), changed) : changed);
    }

    /** Sometimes the message with another kind or between other roles, otherwise the message itself. */
    private MessageCreated unmeasured(MessageCreated message) {
        Party changed = new Party(message.senderId(), chance.oneOf(List.of(Role.values())));
        return switch (chance.between(0, 19)) {
            case 0 -> of(chance.oneOf(List.of(MessageKind.values())), message);
            case 1 -> between(changed, recipient(message), message);
            default -> message;
        };
    }

    private static MessageCreated between(Party sender, Party recipient, MessageCreated message) {
        return sender.writesTo(
                recipient, message.conversationId(), message.messageId(), message.sentAt(), message.kind());
    }

    private static MessageCreated at(Instant sentAt, MessageCreated message) {
        return sender(message)
                .writesTo(recipient(message), message.conversationId(), message.messageId(), sentAt, message.kind());
    }

    private static MessageCreated of(MessageKind kind, MessageCreated message) {
        return sender(message)
                .writesTo(recipient(message), message.conversationId(), message.messageId(), message.sentAt(), kind);
    }

    private static Party sender(MessageCreated message) {
        return new Party(message.senderId(), message.senderRole());
    }

    private static Party recipient(MessageCreated message) {
        return new Party(message.recipientId(), message.recipientRole());
    }
}
