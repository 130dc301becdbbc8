package io.replymeter.messaging.conversation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A conversation of two users.
 *
 * @param lastSequence how many messages it has had
 * @param hiddenFromA user A has hidden the messages up to this sequence
 */
@Table("conversations")
public record Conversation(
        @Id UUID id,
        UUID userA,
        UUID userB,
        long lastSequence,
        Instant lastSentAt,
        long hiddenFromA,
        long hiddenFromB,
        @Nullable Instant deletedAt) {

    boolean isDeleted() {
        return deletedAt != null;
    }

    boolean isBetween(UUID one, UUID other) {
        return hasParticipant(one) && hasParticipant(other) && !one.equals(other);
    }

    public List<UUID> participants() {
        return List.of(userA, userB);
    }

    boolean hasParticipant(UUID user) {
        return userA.equals(user) || userB.equals(user);
    }

    public UUID otherThan(UUID user) {
        return userA.equals(user) ? userB : userA;
    }

    long hiddenFrom(UUID user) {
        return userA.equals(user) ? hiddenFromA : hiddenFromB;
    }

    /** Whether a participant sees something in it. */
    boolean isVisibleTo(UUID participant) {
        return !isDeleted() && lastSequence > hiddenFrom(participant);
    }

    /** Whether a participant sees this message of the conversation. */
    public boolean shows(Message message, UUID participant) {
        return isVisibleTo(participant)
                && message.sequence() > hiddenFrom(participant)
                && message.isShownTo(participant);
    }
}
