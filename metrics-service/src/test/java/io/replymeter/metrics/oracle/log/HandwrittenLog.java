package io.replymeter.metrics.oracle.log;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.ExcuseReason;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.Role;
import io.replymeter.metrics.oracle.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A log for a worked example. It is about one client and one provider in one conversation, unless a method says
 * otherwise; message ids count up, and every event is appended at its stamp, unless an append time is given.
 */
public final class HandwrittenLog {

    public final Party client = new Party(UUID.randomUUID(), Role.CLIENT);
    public final Party provider = new Party(UUID.randomUUID(), Role.PROVIDER);
    public final UUID conversation = UUID.randomUUID();

    private final List<LogRecord> records = new ArrayList<>();
    private long lastMessage;

    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** Returns the message's id. */
    public UUID clientWrites(Instant sentAt) {
        return append(question(nextId(), sentAt));
    }

    /** Returns the message's id. */
    public UUID providerWrites(Instant sentAt) {
        return append(answer(nextId(), sentAt));
    }

    /** What the client writes, not appended yet. */
    public MessageCreated question(UUID messageId, Instant sentAt) {
        return client.writesTo(provider, conversation, messageId, sentAt);
    }

    /** What the provider writes, not appended yet. */
    public MessageCreated answer(UUID messageId, Instant sentAt) {
        return provider.writesTo(client, conversation, messageId, sentAt);
    }

    /** Returns the id of a client's message that the provider can fairly answer from {@code answerableFrom} on. */
    public UUID clientWrites(Instant sentAt, Instant answerableFrom) {
        return append(answerable(answerableFrom, question(nextId(), sentAt)));
    }

    /** {@code message} of this account. */
    public static MessageCreated of(UUID account, MessageCreated message) {
        return with(message, account, message.answerableFrom());
    }

    /** {@code message}, which can fairly be answered from {@code answerableFrom} on. */
    public static MessageCreated answerable(Instant answerableFrom, MessageCreated message) {
        return with(message, message.providerId(), answerableFrom);
    }

    static MessageCreated with(MessageCreated message, @Nullable UUID providerId, @Nullable Instant answerableFrom) {
        return new MessageCreated(
                message.messageId(),
                message.conversationId(),
                message.senderId(),
                message.senderRole(),
                message.recipientId(),
                message.recipientRole(),
                message.kind(),
                message.sentAt(),
                message.sequence(),
                providerId,
                answerableFrom);
    }

    public void providerExcuses(UUID messageId, Instant at) {
        append(
                new InquiryExcused(conversation, messageId, ExcuseReason.NO_REPLY_NEEDED, ExcusedBy.PROVIDER, at),
                nextMillisecond(at));
    }

    public void platformExcuses(UUID messageId, Instant at) {
        append(
                new InquiryExcused(conversation, messageId, ExcuseReason.SPAM, ExcusedBy.PLATFORM, at),
                nextMillisecond(at));
    }

    /** Each in a conversation of its own, each with a response. */
    public void answeredInquiries(int inquiries, Instant openedAt, Duration responseTime) {
        for (int i = 0; i < inquiries; i++) {
            answeredInquiry(openedAt, responseTime);
        }
    }

    /** In a conversation of its own, with a response. */
    public void answeredInquiry(Instant openedAt, Duration responseTime) {
        append(provider.writesTo(client, unansweredInquiry(openedAt), nextId(), openedAt.plus(responseTime)));
    }

    /** In a conversation of its own, whose id it returns. */
    public UUID unansweredInquiry(Instant openedAt) {
        UUID elsewhere = UUID.randomUUID();
        append(client.writesTo(provider, elsewhere, nextId(), openedAt));
        return elsewhere;
    }

    public void messageIsDeleted(UUID messageId, Instant at) {
        append(new MessageDeleted(messageId, conversation, at), nextMillisecond(at));
    }

    public void conversationIsDeleted(Instant at) {
        append(new ConversationDeleted(conversation, at), nextMillisecond(at));
    }

    /** Returns the message's id. */
    public UUID append(MessageCreated message) {
        append(message, nextMillisecond(message.sentAt()));
        return message.messageId();
    }

    public void append(Event event, Instant appendedAt) {
        records.add(new LogRecord(event, appendedAt));
    }

    public UUID nextId() {
        lastMessage++;
        return new UUID(0, lastMessage);
    }

    /** The first whole millisecond not before {@code time}. */
    private static Instant nextMillisecond(Instant time) {
        return time.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    }
}
