package io.replymeter.benchmarks.pairing;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as far as pairing needs it.
 *
 * @param messageId null for a deleted conversation
 * @param providerId null for a deletion
 * @param fromClient whether the client wrote the message, else the provider
 * @param at in microseconds
 */
public record PairingEvent(
        Type type,
        UUID conversationId,
        @Nullable UUID messageId,
        @Nullable UUID providerId,
        boolean fromClient,
        long at) {

    /** What happened. */
    public enum Type {
        MESSAGE,
        MESSAGE_DELETED,
        CONVERSATION_DELETED
    }

    /** Null for what is not measured (rule 1). */
    public static @Nullable PairingEvent of(Event event) {
        if (event instanceof MessageDeleted deletion) {
            return new PairingEvent(
                    Type.MESSAGE_DELETED, deletion.conversationId(), deletion.messageId(), null, false, 0);
        }
        if (event instanceof ConversationDeleted deletion) {
            return new PairingEvent(Type.CONVERSATION_DELETED, deletion.conversationId(), null, null, false, 0);
        }
        MessageCreated message = (MessageCreated) event;
        boolean fromClient = message.senderRole() == Role.CLIENT && message.recipientRole() == Role.PROVIDER;
        boolean fromProvider = message.senderRole() == Role.PROVIDER && message.recipientRole() == Role.CLIENT;
        if (message.kind() != MessageKind.HUMAN || !fromClient && !fromProvider) {
            return null;
        }
        return new PairingEvent(
                Type.MESSAGE,
                message.conversationId(),
                message.messageId(),
                fromClient ? message.recipientId() : message.senderId(),
                fromClient,
                micros(message.sentAt()));
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
