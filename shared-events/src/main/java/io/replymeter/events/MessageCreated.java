package io.replymeter.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message was sent.
 *
 * @param messageId unique in its thread: a message to several clients is an event for each, with one id (rule 2)
 * @param recipientId never the sender
 * @param sentAt when the sender's system accepted it; truncated to whole microseconds, years 1970 to 9999
 * @param sequence 1, 2, 3 … within the conversation in commit order, so that a verifier can prove that nothing was
 *     lost; null if the producer does not number its messages
 * @param providerId the account answered for, such as a team or a shop, if a colleague writes or is written to; never the
 *     client's id; null if the side whose role is {@link Role#PROVIDER} is meant (rule 1)
 * @param answerableFrom the first moment at which the provider can fairly answer a client's message; null if that is
 *     {@code sentAt} (rule 3); truncated to whole microseconds, years 1970 to 9999
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
        @Nullable Long sequence,
        @Nullable UUID providerId,
        @Nullable Instant answerableFrom)
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
        boolean isClient = senderRole == Role.CLIENT && senderId.equals(providerId)
                || recipientRole == Role.CLIENT && recipientId.equals(providerId);
        if (isClient) {
            throw new IllegalArgumentException("providerId is the client's: name the account that is answered for");
        }
        answerableFrom = answerableFrom == null ? null : Timestamps.checked("answerableFrom", answerableFrom);
    }

    /** A message that the provider's side can answer at once, of the provider itself. */
    public MessageCreated(
            UUID messageId,
            UUID conversationId,
            UUID senderId,
            Role senderRole,
            UUID recipientId,
            Role recipientRole,
            MessageKind kind,
            Instant sentAt,
            @Nullable Long sequence) {
        this(
                messageId,
                conversationId,
                senderId,
                senderRole,
                recipientId,
                recipientRole,
                kind,
                sentAt,
                sequence,
                null,
                null);
    }
}
