package io.replymeter.messaging.conversation;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.Role;
import io.replymeter.messaging.availability.Availabilities;
import io.replymeter.messaging.outbox.Outbox;
import io.replymeter.messaging.user.StaleResponseMetrics;
import io.replymeter.messaging.user.User;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.Users;
import io.replymeter.messaging.web.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sends and deletes. Each method changes the state and writes the event that tells of it in one transaction. */
@Service
class ConversationService {

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

    /**
     * Sends a message in the pair's newest undeleted conversation, or in a new one.
     *
     * @param key the sender's Idempotency-Key, if any
     * @return the message; the one sent before when the key was used for the same request
     */
    @Transactional
    public Message send(UUID senderId, NewMessage request, @Nullable String key) {
        UUID recipientId = request.recipientId();
        if (recipientId.equals(senderId)) {
            throw ConversationProblems.recipientIsSender();
        }
        List<User> pair = users.findAllById(List.of(senderId, recipientId));
        User sender = find(senderId, pair).orElseThrow(ConversationProblems::unknownSender);
        User recipient = find(recipientId, pair).orElseThrow(ConversationProblems::unknownRecipient);

        UUID id = UUID.randomUUID();
        UUID claimed = key == null ? id : keys.claim(senderId, key, request.fingerprint(), id);
        if (!claimed.equals(id)) {
            return messages.findById(claimed).orElseThrow();
        }
        Message message = positioned(id, sender, recipient, request);
        aggregates.insert(message);
        outbox.append(List.of(created(message, sender, recipient)));
        if (sender.role() == UserRole.PROVIDER) {
            staleMetrics.mark(List.of(senderId));
        }
        return message;
    }

    private Message positioned(UUID id, User sender, User recipient, NewMessage request) {
        Conversation conversation =
                conversations.take(sender.id(), recipient.id()).orElseGet(() -> begin(sender.id(), recipient.id()));
        return new Message(
                id,
                conversation.id(),
                conversation.lastSequence(),
                sender.id(),
                request.messageKind(),
                request.body(),
                conversation.lastSentAt(),
                null);
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
                message.sequence(),
                null,
                answerableFrom(message, sender, recipient));
    }

    /** Null if at once. Only the event keeps it, so that later changes of the availability leave it as it is. */
    private @Nullable Instant answerableFrom(Message message, User sender, User recipient) {
        boolean asks = sender.role() == UserRole.CLIENT && recipient.role() == UserRole.PROVIDER;
        return asks ? availabilities.answerableFrom(recipient.id(), message.sentAt()) : null;
    }

    /** Removes a message's body, for its sender or an admin. Removing it again changes nothing. */
    @Transactional
    public void deleteMessage(Caller caller, UUID id) {
        Message message = messages.findById(id).orElseThrow(ConversationProblems::messageNotFound);
        Conversation conversation = conversations.lock(message.conversationId()).orElseThrow();
        if (conversation.isDeleted() || !(caller.isAdmin() || conversation.hasParticipant(caller.userId()))) {
            throw ConversationProblems.messageNotFound();
        }
        if (!caller.isAdmin() && !message.senderId().equals(caller.userId())) {
            throw ConversationProblems.notYourMessage();
        }
        messages.markDeleted(id)
                .ifPresent(deleted -> outbox.append(List.of(
                        new MessageDeleted(id, conversation.id(), Objects.requireNonNull(deleted.deletedAt())))));
        staleMetrics.mark(conversation.participants());
    }

    /**
     * Deletes a conversation for good if one of its clients or an admin asks for it. From any other participant it hides
     * what the conversation holds so far (rule 8).
     */
    @Transactional
    public void deleteConversation(Caller caller, UUID id) {
        Conversation conversation = conversations.lock(id).orElseThrow(ConversationProblems::conversationNotFound);
        if (!caller.isAdmin() && !conversation.hasParticipant(caller.userId())) {
            throw ConversationProblems.conversationNotFound();
        }
        if (conversation.isDeleted()) {
            return;
        }
        if (!caller.isAdmin() && !isClient(caller.userId())) {
            conversations.hide(id, caller.userId());
            return;
        }
        Conversation deleted = conversations.delete(id);
        messages.removeBodies(id);
        outbox.append(List.of(new ConversationDeleted(id, Objects.requireNonNull(deleted.deletedAt()))));
        staleMetrics.mark(deleted.participants());
    }

    private boolean isClient(UUID id) {
        return users.findById(id).filter(user -> user.role() == UserRole.CLIENT).isPresent();
    }

    private static Optional<User> find(UUID id, List<User> among) {
        return among.stream().filter(user -> user.id().equals(id)).findFirst();
    }
}
