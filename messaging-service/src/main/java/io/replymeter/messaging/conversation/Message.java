package io.replymeter.messaging.conversation;

import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.messaging.user.User;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * One message of a conversation.
 *
 * @param sequence the position in the conversation in commit order, from 1; a note has that of the message it follows
 * @param providerId for whom a member of its team wrote it; null when the sender takes part in the conversation
 * @param action what was done; null once deleted, when imported, and for other kinds
 * @param body null once deleted, when imported, and for an action
 */
@Table("messages")
public record Message(
        @Id UUID id,
        UUID conversationId,
        long sequence,
        UUID senderId,
        @Nullable UUID providerId,
        MessageKind kind,
        @Nullable Action action,
        @Nullable String body,
        Instant sentAt,
        @Nullable Instant deletedAt) {

    /** What a provider does by a button or a form. */
    public enum Action {
        ACCEPTED,
        DECLINED,
        QUOTED,
        CALLED
    }

    /** The participant who wrote it, or for whom it was written. */
    public UUID side() {
        return providerId == null ? senderId : providerId;
    }

    /** Whether this participant of the conversation may see that it exists: a note is its own side's. */
    boolean isShownTo(UUID participant) {
        return kind != MessageKind.NOTE || side().equals(participant);
    }

    /**
     * The event that tells of it. A member's role is the provider's: only providers are members.
     *
     * @param answerableFrom from when on it can fairly be answered; null if at once
     */
    MessageCreated created(User side, User recipient, @Nullable Instant answerableFrom) {
        return new MessageCreated(
                id,
                conversationId,
                senderId,
                Role.valueOf(side.role().name()),
                recipient.id(),
                Role.valueOf(recipient.role().name()),
                kind,
                sentAt,
                kind == MessageKind.NOTE ? null : sequence,
                providerId,
                answerableFrom);
    }
}
