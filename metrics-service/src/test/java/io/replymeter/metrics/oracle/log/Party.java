package io.replymeter.metrics.oracle.log;

import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import java.time.Instant;
import java.util.UUID;

/** Somebody who writes or is written to. */
public record Party(UUID id, Role role) {

    public MessageCreated writesTo(Party recipient, UUID conversationId, UUID messageId, Instant sentAt) {
        return writesTo(recipient, conversationId, messageId, sentAt, MessageKind.HUMAN);
    }

    public MessageCreated writesTo(
            Party recipient, UUID conversationId, UUID messageId, Instant sentAt, MessageKind kind) {
        return new MessageCreated(
                messageId, conversationId, id, role, recipient.id, recipient.role, kind, sentAt, null);
    }
}
