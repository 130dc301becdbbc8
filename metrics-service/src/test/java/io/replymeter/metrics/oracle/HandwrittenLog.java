package io.replymeter.metrics.oracle;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A log for a worked example. It is about one client and one provider in one conversation, unless a method says
 * otherwise; message ids count up, and whatever happens is appended at once.
 */
final class HandwrittenLog {

    final Party client = new Party(UUID.randomUUID(), Role.CLIENT);
    final Party provider = new Party(UUID.randomUUID(), Role.PROVIDER);
    final UUID conversation = UUID.randomUUID();

    private final List<LoggedEvent> records = new ArrayList<>();
    private long lastMessage;

    List<LoggedEvent> records() {
        return List.copyOf(records);
    }

    UUID clientWrites(Instant sentAt) {
        return append(client.writesTo(provider, conversation, nextId(), sentAt));
    }

    UUID providerWrites(Instant sentAt) {
        return append(provider.writesTo(client, conversation, nextId(), sentAt));
    }

    /** In a conversation of its own, with a response. */
    void answeredInquiry(Instant openedAt, Duration responseTime) {
        append(provider.writesTo(client, unansweredInquiry(openedAt), nextId(), openedAt.plus(responseTime)));
    }

    /** In a conversation of its own, which it returns. */
    UUID unansweredInquiry(Instant openedAt) {
        UUID elsewhere = UUID.randomUUID();
        append(client.writesTo(provider, elsewhere, nextId(), openedAt));
        return elsewhere;
    }

    void messageIsDeleted(UUID messageId, Instant at) {
        append(new MessageDeleted(messageId, conversation, at), nextMillisecond(at));
    }

    void conversationIsDeleted(Instant at) {
        append(new ConversationDeleted(conversation, at), nextMillisecond(at));
    }

    /** Returns the message's id. */
    UUID append(MessageCreated message) {
        append(message, nextMillisecond(message.sentAt()));
        return message.messageId();
    }

    void append(Event event, Instant appendedAt) {
        records.add(new LoggedEvent(event, appendedAt));
    }

    UUID nextId() {
        lastMessage++;
        return new UUID(0, lastMessage);
    }

    /** The first whole millisecond not before {@code time}. */
    private static Instant nextMillisecond(Instant time) {
        return time.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    }
}
