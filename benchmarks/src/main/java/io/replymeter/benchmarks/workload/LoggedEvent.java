package io.replymeter.benchmarks.workload;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import java.util.UUID;

/**
 * An event as the log has it.
 *
 * @param appendedAt in milliseconds since 1970-01-01T00:00Z
 */
public record LoggedEvent(Event event, long appendedAt) {

    public UUID conversationId() {
        if (event instanceof MessageCreated message) {
            return message.conversationId();
        }
        return event instanceof MessageDeleted deletion
                ? deletion.conversationId()
                : ((ConversationDeleted) event).conversationId();
    }
}
