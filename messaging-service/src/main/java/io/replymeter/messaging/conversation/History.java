package io.replymeter.messaging.conversation;

import io.replymeter.events.Event;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.messaging.conversation.HistoryTables.Known;
import io.replymeter.messaging.conversation.HistoryTables.Placed;
import io.replymeter.messaging.conversation.HistoryTables.Present;
import io.replymeter.messaging.outbox.Outbox;
import io.replymeter.messaging.user.StaleResponseMetrics;
import io.replymeter.messaging.user.UserRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Imports messages that were sent elsewhere, with their ids and times. All of it happens in the caller's transaction. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class History {

    /**
     * A message from a log: a client and a provider exchanged it elsewhere.
     *
     * @param providerId who wrote it or was written to
     * @param sentAt in whole microseconds
     * @param answeringFor the account whose conversation it is, such as a team; null if it is the provider's own
     * @param answerableFrom the first moment at which a client's message can fairly be answered; null if that is {@code sentAt}
     * @param excuse why a client's message needs no answer; null if it does
     */
    public record PastMessage(
            UUID id,
            UUID conversationId,
            UUID clientId,
            UUID providerId,
            UserRole senderRole,
            Instant sentAt,
            MessageKind kind,
            @Nullable UUID answeringFor,
            @Nullable Instant answerableFrom,
            @Nullable InquiryExcused excuse) {

        /** The order of a thread's messages (rule 2). */
        static final Comparator<PastMessage> IN_ORDER = Comparator.comparing(PastMessage::sentAt)
                .thenComparing(message -> message.senderRole() != UserRole.CLIENT)
                .thenComparing(message -> message.id().getMostSignificantBits(), Long::compareUnsigned)
                .thenComparing(message -> message.id().getLeastSignificantBits(), Long::compareUnsigned);

        UUID senderId() {
            return senderRole == UserRole.CLIENT ? clientId : providerId;
        }

        UUID recipientId() {
            return senderRole == UserRole.CLIENT ? providerId : clientId;
        }

        UserRole recipientRole() {
            return senderRole == UserRole.CLIENT ? UserRole.PROVIDER : UserRole.CLIENT;
        }

        /** Whether only its own side sees it. */
        boolean isNote() {
            return kind == MessageKind.NOTE;
        }

        /** The account for which somebody else of it wrote; null for clients, and when the sender takes part. */
        @Nullable UUID writtenFor() {
            return senderId().equals(accountId()) || senderRole == UserRole.CLIENT ? null : accountId();
        }

        /** The provider of the thread (rule 1), who has the conversation with the client. */
        public UUID accountId() {
            return answeringFor == null ? providerId : answeringFor;
        }
    }

    /** Whether a past message can be added. */
    public enum Verdict {
        NEW,
        PRESENT,
        CONVERSATION_DELETED,
        CONVERSATION_OF_OTHERS,
        ID_OF_ANOTHER_MESSAGE
    }

    private final HistoryTables tables;
    private final Outbox outbox;
    private final StaleResponseMetrics metrics;

    History(HistoryTables tables, Outbox outbox, StaleResponseMetrics metrics) {
        this.tables = tables;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /** Waits until no other import runs. Returns the database's time: a message that was sent later lies in the future. */
    public Instant open() {
        return tables.lockImports();
    }

    /** A verdict for each of {@code messages}, in their order. Locks their conversations. */
    public List<Verdict> judge(List<PastMessage> messages) {
        Map<UUID, Known> conversations = tables.lock(conversationsOf(messages));
        Map<UUID, Present> present =
                tables.present(messages.stream().map(PastMessage::id).toList());
        List<Verdict> verdicts = new ArrayList<>(messages.size());
        for (PastMessage message : messages) {
            Verdict verdict = judge(message, conversations.get(message.conversationId()), present.get(message.id()));
            if (verdict == Verdict.NEW) {
                // The messages after this one are judged as if it had been added.
                conversations.computeIfAbsent(
                        message.conversationId(),
                        id -> new Known(id, message.clientId(), message.accountId(), 0, false));
                present.put(message.id(), new Present(message.conversationId(), message.senderId(), message.sentAt()));
            }
            verdicts.add(verdict);
        }
        return verdicts;
    }

    private static Verdict judge(PastMessage message, @Nullable Known conversation, @Nullable Present present) {
        if (conversation != null && conversation.deleted()) {
            return Verdict.CONVERSATION_DELETED;
        }
        if (conversation != null && !conversation.isBetween(message.clientId(), message.accountId())) {
            return Verdict.CONVERSATION_OF_OTHERS;
        }
        if (present == null) {
            return Verdict.NEW;
        }
        Present same = new Present(message.conversationId(), message.senderId(), message.sentAt());
        return present.equals(same) ? Verdict.PRESENT : Verdict.ID_OF_ANOTHER_MESSAGE;
    }

    /**
     * Adds messages that {@link #judge} found new and whose users exist, writes their events, and marks their providers'
     * cached metrics as stale.
     */
    public void add(List<PastMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        Map<UUID, Long> sequences = new HashMap<>();
        tables.lock(conversationsOf(messages)).forEach((id, known) -> sequences.put(id, known.lastSequence()));
        List<Placed> placed = messages.stream()
                .sorted(PastMessage.IN_ORDER)
                .map(message -> new Placed(message, sequence(message, sequences)))
                .toList();
        Map<UUID, Placed> latest = placed.stream()
                .collect(Collectors.toMap(
                        one -> one.message().conversationId(),
                        one -> one,
                        (before, after) -> after.message().isNote() ? before : after));
        tables.save(latest.values());
        tables.add(placed);
        outbox.append(placed.stream().flatMap(History::events).toList());
        metrics.mark(messages.stream().map(PastMessage::accountId).collect(Collectors.toSet()));
    }

    /** A note has the sequence of the message it follows, as a live one has; one before all others has that of the first. */
    private static long sequence(PastMessage message, Map<UUID, Long> sequences) {
        return message.isNote()
                ? Math.max(1, sequences.getOrDefault(message.conversationId(), 0L))
                : sequences.merge(message.conversationId(), 1L, Long::sum);
    }

    private static List<UUID> conversationsOf(List<PastMessage> messages) {
        return messages.stream().map(PastMessage::conversationId).distinct().toList();
    }

    private static Stream<Event> events(Placed placed) {
        return Stream.of(created(placed), placed.message().excuse()).filter(Objects::nonNull);
    }

    private static Event created(Placed placed) {
        PastMessage message = placed.message();
        return new MessageCreated(
                message.id(),
                message.conversationId(),
                message.senderId(),
                Role.valueOf(message.senderRole().name()),
                message.recipientId(),
                Role.valueOf(message.recipientRole().name()),
                message.kind(),
                message.sentAt(),
                message.isNote() ? null : placed.sequence(),
                message.answeringFor(),
                message.answerableFrom());
    }
}
