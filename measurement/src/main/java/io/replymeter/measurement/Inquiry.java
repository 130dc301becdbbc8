package io.replymeter.measurement;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client's question and, once there is one, the provider's response to it. Times are in {@link Micros}.
 *
 * @param initialMessageId the message that opened it, unique in its thread
 * @param askedAt when that message was sent
 * @param openedAt when the clock started (rule 3)
 * @param responseMessageId null while there is no response
 * @param respondedAt when the response was sent; equal to {@code openedAt} while there is none
 * @param excuse why no response is needed (rule 5); null if there is none, or a response
 */
public record Inquiry(
        UUID conversationId,
        UUID clientId,
        UUID providerId,
        UUID initialMessageId,
        long askedAt,
        long openedAt,
        @Nullable UUID responseMessageId,
        long respondedAt,
        @Nullable Excuse excuse) {

    static Inquiry openedBy(Fact message, long clockStart, UUID conversationId) {
        return new Inquiry(
                conversationId,
                message.clientId(),
                message.providerId(),
                message.messageId(),
                message.sentAt(),
                clockStart,
                null,
                clockStart,
                null);
    }

    /** A response before the clock started starts it: 0 seconds (rule 3). An answer outweighs an excuse (rule 5). */
    Inquiry answeredBy(Fact message) {
        return new Inquiry(
                conversationId,
                clientId,
                providerId,
                initialMessageId,
                askedAt,
                Math.min(openedAt, message.sentAt()),
                message.messageId(),
                message.sentAt(),
                null);
    }

    Inquiry excusedBy(Excuse other) {
        boolean isPreferred = excuse == null || Excuse.PREFERRED.compare(other, excuse) < 0;
        return new Inquiry(
                conversationId,
                clientId,
                providerId,
                initialMessageId,
                askedAt,
                openedAt,
                responseMessageId,
                respondedAt,
                isPreferred ? other : excuse);
    }

    /** Whether both have the same key: the same message opened them at the same time, answered or not. */
    public boolean isOpenedAs(Inquiry other) {
        return conversationId.equals(other.conversationId)
                && initialMessageId.equals(other.initialMessageId)
                && clientId.equals(other.clientId)
                && providerId.equals(other.providerId)
                && openedAt == other.openedAt;
    }

    public boolean isAnswered() {
        return responseMessageId != null;
    }

    /** Microseconds from the start of the clock to the response; 0 while there is none. */
    public long responseTime() {
        return respondedAt - openedAt;
    }
}
