package io.replymeter.measurement;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client's question and, once there is one, the provider's response to it. Times are in {@link Micros}.
 *
 * @param initialMessageId the message that opened it, unique in the conversation
 * @param responseMessageId null while there is no response
 * @param respondedAt when the response was sent; equal to {@code openedAt} while there is none
 */
public record Inquiry(
        UUID conversationId,
        UUID clientId,
        UUID providerId,
        UUID initialMessageId,
        long openedAt,
        @Nullable UUID responseMessageId,
        long respondedAt) {

    static Inquiry openedBy(Fact message, UUID conversationId) {
        return new Inquiry(
                conversationId,
                message.clientId(),
                message.providerId(),
                message.messageId(),
                message.sentAt(),
                null,
                message.sentAt());
    }

    Inquiry answeredBy(Fact message) {
        return new Inquiry(
                conversationId,
                clientId,
                providerId,
                initialMessageId,
                openedAt,
                message.messageId(),
                message.sentAt());
    }

    /** Whether both were opened by the same message at the same time to the same provider, answered or not. */
    public boolean isOpenedAs(Inquiry other) {
        return conversationId.equals(other.conversationId)
                && initialMessageId.equals(other.initialMessageId)
                && providerId.equals(other.providerId)
                && openedAt == other.openedAt;
    }

    public boolean isAnswered() {
        return responseMessageId != null;
    }

    /** Microseconds from the initial message to the response; 0 while there is none. */
    public long responseTime() {
        return respondedAt - openedAt;
    }
}
