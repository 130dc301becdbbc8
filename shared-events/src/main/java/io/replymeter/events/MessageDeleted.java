package io.replymeter.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * The sender or an admin deleted a message. A client's message then counts as never sent; a provider's still counts.
 *
 * @param messageId the message, whatever thread of the conversation it is in
 * @param deletedAt in whole microseconds (truncated), years 1970 to 9999
 */
public record MessageDeleted(UUID messageId, UUID conversationId, Instant deletedAt) implements Event {

    /** @throws IllegalArgumentException when {@code deletedAt} is out of range */
    public MessageDeleted {
        requireNonNull(messageId, "messageId");
        requireNonNull(conversationId, "conversationId");
        deletedAt = Timestamps.checked("deletedAt", deletedAt);
    }
}
