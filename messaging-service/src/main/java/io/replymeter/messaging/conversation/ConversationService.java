package io.replymeter.messaging.conversation;

import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.messaging.availability.Availabilities;
import io.replymeter.messaging.conversation.Message.Action;
import io.replymeter.messaging.outbox.Outbox;
import io.replymeter.messaging.user.StaleResponseMetrics;
import io.replymeter.messaging.user.User;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.Users;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes messages. Each method changes the state and writes the event that tells of it in one transaction. A
 * {@code key} is the sender's Idempotency-Key, if any: the message sent before is returned when it was used for the same
 * request.
 */
@Service
class ConversationService {

    /** Who writes to whom, and what. */
    private record Draft(
            User sender,
            User recipient,
            MessageKind kind,
            @Nullable String body,
            @Nullable Action action) {}

    private final Users users;
    private final Conversations conversations;
    private final Messages messages;
    private final IdempotencyKeys keys;
    private final JdbcAggregateOperations aggregates;
    private final Outbox outbox;
    private final StaleResponseMetrics staleMetrics;
    private final Availabilities availabilities;

    ConversationService(
            Users users,
            Conversations conversations,
            Messages messages,
            IdempotencyKeys keys,
            JdbcAggregateOperations aggregates,
            Outbox outbox,
            StaleResponseMetrics staleMetrics,
            Availabilities availabilities) {
        this.users = users;
        this.conversations = conversations;
        this.messages = messages;
        this.keys = keys;
        this.aggregates = aggregates;
        this.outbox = outbox;
        this.staleMetrics = staleMetrics;
        this.availabilities = availabilities;
    }

    /** Sends a message in the pair's newest undeleted conversation, or in a new one. */
    @Transactional
    public MessageView send(UUID senderId, NewMessage request, @Nullable String key) {
        UUID recipientId = request.recipientId();
        if (recipientId.equals(senderId)) {
            throw ConversationProblems.recipientIsSender();
        }
        List<User> pair = users.findAllById(List.of(senderId, recipientId));
        User sender = find(senderId, pair).orElseThrow(ConversationProblems::unknownSender);
        User recipient = find(recipientId, pair).orElseThrow(ConversationProblems::unknownRecipient);

        Draft draft = new Draft(sender, recipient, request.messageKind(), request.body(), null);
        return write(
                draft,
                key,
                request.content(),
                () -> conversations.take(senderId, recipientId).orElseGet(() -> begin(senderId, recipientId)));
    }

    /** Says in a conversation what its provider did. It answers the client. */
    @Transactional
    public MessageView act(UUID userId, UUID conversationId, Action action, @Nullable String key) {
        Draft draft = byProvider(userId, conversationId, MessageKind.ACTION, null, action);
        return write(
                draft,
                key,
                conversationId + " ACTION " + action,
                () -> conversations.takeIn(conversationId).orElseThrow(ConversationProblems::conversationNotFound));
    }

    /** Leaves a note that only its provider's side sees, and that changes nothing for anybody else. */
    @Transactional
    public MessageView note(UUID userId, UUID conversationId, String body, @Nullable String key) {
        Draft draft = byProvider(userId, conversationId, MessageKind.NOTE, body, null);
        return write(
                draft,
                key,
                conversationId + " NOTE " + body,
                () -> conversations
                        .lockForNote(conversationId)
                        .orElseThrow(ConversationProblems::conversationNotFound));
    }

    private Draft byProvider(
            UUID userId, UUID conversationId, MessageKind kind, @Nullable String body, @Nullable Action action) {
        Conversation conversation = conversations
                .findById(conversationId)
                .filter(found -> found.isVisibleTo(userId))
                .orElseThrow(ConversationProblems::conversationNotFound);
        List<User> pair = users.findAllById(conversation.participants());
        User sender = find(userId, pair).orElseThrow();
        if (sender.role() != UserRole.PROVIDER) {
            throw ConversationProblems.onlyForProviders();
        }
        User recipient = find(conversation.otherThan(userId), pair).orElseThrow();
        return new Draft(sender, recipient, kind, body, action);
    }

    private MessageView write(Draft draft, @Nullable String key, String content, Supplier<Conversation> position) {
        UUID id = UUID.randomUUID();
        UUID claimed = key == null ? id : keys.claim(draft.sender().id(), key, content, id);
        Message message = claimed.equals(id)
                ? added(id, draft, position.get())
                : messages.findById(claimed).orElseThrow();
        return MessageView.of(message, draft.recipient().id());
    }

    private Message added(UUID id, Draft draft, Conversation position) {
        Message message = new Message(
                id,
                position.id(),
                position.lastSequence(),
                draft.sender().id(),
                draft.kind(),
                draft.action(),
                draft.body(),
                position.lastSentAt(),
                null);
        aggregates.insert(message);
        outbox.append(List.of(created(message, draft.sender(), draft.recipient())));
        if (draft.sender().role() == UserRole.PROVIDER) {
            staleMetrics.mark(List.of(draft.sender().id()));
        }
        return message;
    }

    private Conversation begin(UUID one, UUID other) {
        conversations.lockPair(one, other);
        return conversations.take(one, other).orElseGet(() -> conversations.begin(UUID.randomUUID(), one, other));
    }

    private Event created(Message message, User sender, User recipient) {
        return new MessageCreated(
                message.id(),
                message.conversationId(),
                sender.id(),
                Role.valueOf(sender.role().name()),
                recipient.id(),
                Role.valueOf(recipient.role().name()),
                message.kind(),
                message.sentAt(),
                message.kind() == MessageKind.NOTE ? null : message.sequence(),
                null,
                answerableFrom(message, sender, recipient));
    }

    /** Null if at once. Only the event keeps it, so that later changes of the availability leave it as it is. */
    private @Nullable Instant answerableFrom(Message message, User sender, User recipient) {
        boolean asks = sender.role() == UserRole.CLIENT && recipient.role() == UserRole.PROVIDER;
        return asks ? availabilities.answerableFrom(recipient.id(), message.sentAt()) : null;
    }

    private static Optional<User> find(UUID id, List<User> among) {
        return among.stream().filter(user -> user.id().equals(id)).findFirst();
    }
}
