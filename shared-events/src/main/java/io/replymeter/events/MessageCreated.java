package io.replymeter.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message was sent.
 *
 * @param messageId unique in its conversation
 * @param recipientId never the sender
 * @param sentAt when the sender's system accepted it; truncated to whole microseconds, years 1970 to 9999
 * @param sequence 1, 2, 3 … within the conversation in commit order, so that a verifier can prove that nothing was
 *     lost; null if the producer does not number its messages
 */
public record MessageCreated(
        UUID messageId,
        UUID conversationId,
        UUID senderId,
        Role senderRole,
        UUID recipientId,
        Role recipientRole,
        MessageKind kind,
        Instant sentAt,
        @Nullable Long sequence)
        implements Event {

    /** @throws IllegalArgumentException naming the field that is out of range */
    public MessageCreated {
        requireNonNull(messageId, "messageId");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(senderId, "senderId");
        requireNonNull(senderRole, "senderRole");
        requireNonNull(recipientId, "recipientId");
        requireNonNull(recipientRole, "recipientRole");
        requireNonNull(kind, "kind");
        sentAt = Timestamps.checked("sentAt", sentAt);
        if (senderId.equals(recipientId)) {
            throw new IllegalArgumentException("recipientId is the sender's: a message goes to somebody else");
        }
        if (sequence != null && sequence < 1) {
            throw new IllegalArgumentException("sequence is below 1");
        }
    }
}
