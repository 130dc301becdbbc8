package io.replymeter.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * A client or an admin deleted a conversation for good. Its inquiries are removed, and later events of it are ignored.
 *
 * @param deletedAt in whole microseconds (truncated), years 1970 to 9999
 */
public record ConversationDeleted(UUID conversationId, Instant deletedAt) implements Event {

    /** @throws IllegalArgumentException when {@code deletedAt} is out of range */
    public ConversationDeleted {
        requireNonNull(conversationId, "conversationId");
        deletedAt = Timestamps.checked("deletedAt", deletedAt);
    }
}
