package io.replymeter.events;

import io.replymeter.events.CanonicalText.NonCanonical;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads an event in canonical form in one pass: it has the fields of its type, each once and none of them null, and its
 * times are in UTC. Almost all events do. {@link EventCodec} decides on all others. An instance reads one event.
 */
final class StreamingDecoder {

    private static final UUID NIL = new UUID(0, 0);

    private static final int DELETION_OF_CONVERSATION =
            Field.TYPE | Field.VERSION | Field.CONVERSATION | Field.DELETED_AT;
    private static final int DELETION_OF_MESSAGE = DELETION_OF_CONVERSATION | Field.MESSAGE;
    private static final int EXCUSE = Field.TYPE
            | Field.VERSION
            | Field.CONVERSATION
            | Field.MESSAGE
            | Field.REASON
            | Field.BY
            | Field.EXCUSED_AT;
    private static final int OPTIONAL = Field.KIND | Field.SEQUENCE | Field.PROVIDER | Field.ANSWERABLE;
    private static final int CREATION = Field.TYPE
            | Field.VERSION
            | Field.MESSAGE
            | Field.CONVERSATION
            | Field.SENDER
            | Field.SENDER_ROLE
            | Field.RECIPIENT
            | Field.RECIPIENT_ROLE
            | Field.SENT_AT;

    /** One bit for each field, to record which fields the event has. */
    private static final class Field {
        static final int TYPE = 1;
        static final int VERSION = 1 << 1;
        static final int MESSAGE = 1 << 2;
        static final int CONVERSATION = 1 << 3;
        static final int SENDER = 1 << 4;
        static final int SENDER_ROLE = 1 << 5;
        static final int RECIPIENT = 1 << 6;
        static final int RECIPIENT_ROLE = 1 << 7;
        static final int KIND = 1 << 8;
        static final int SENT_AT = 1 << 9;
        static final int SEQUENCE = 1 << 10;
        static final int DELETED_AT = 1 << 11;
        static final int PROVIDER = 1 << 12;
        static final int ANSWERABLE = 1 << 13;
        static final int REASON = 1 << 14;
        static final int BY = 1 << 15;
        static final int EXCUSED_AT = 1 << 16;
    }

    private final JsonParser json;

    private int seen;
    private String type = "";
    private UUID messageId = NIL;
    private UUID conversationId = NIL;
    private UUID senderId = NIL;
    private UUID recipientId = NIL;
    private Role senderRole = Role.OTHER;
    private Role recipientRole = Role.OTHER;
    private MessageKind kind = MessageKind.HUMAN;
    private Instant time = Instant.EPOCH;
    private @Nullable Long sequence;
    private @Nullable UUID providerId;
    private @Nullable Instant answerableFrom;
    private ExcuseReason reason = ExcuseReason.OTHER;
    private ExcusedBy excusedBy = ExcusedBy.PROVIDER;

    private StreamingDecoder(JsonParser json) {
        this.json = json;
    }

    /** @return null if {@code value} is not a canonical event; it may still be a valid one */
    static @Nullable Event decode(byte[] value) {
        try (JsonParser json = EventCodec.FACTORY.createParser(ObjectReadContext.empty(), value)) {
            return new StreamingDecoder(json).read();
        } catch (JacksonException | IllegalArgumentException | DateTimeException | NonCanonical e) {
            return null;
        }
    }

    private @Nullable Event read() {
        NonCanonical.unless(json.nextToken() == JsonToken.START_OBJECT);
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            int field = read(name);
            NonCanonical.unless((seen & field) == 0);
            seen |= field;
        }
        NonCanonical.unless(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        return event();
    }

    private int read(String name) {
        switch (name) {
            case "type":
                type = text();
                return Field.TYPE;
            case "version":
                NonCanonical.unless(wholeNumber() == EventCodec.VERSION);
                return Field.VERSION;
            case "messageId":
                messageId = uuid();
                return Field.MESSAGE;
            case "conversationId":
                conversationId = uuid();
                return Field.CONVERSATION;
            case "senderId":
                senderId = uuid();
                return Field.SENDER;
            case "senderRole":
                senderRole = Role.named(text());
                return Field.SENDER_ROLE;
            case "recipientId":
                recipientId = uuid();
                return Field.RECIPIENT;
            case "recipientRole":
                recipientRole = Role.named(text());
                return Field.RECIPIENT_ROLE;
            case "kind":
                kind = EventFields.constant("kind", text(), MessageKind.OTHER);
                return Field.KIND;
            case "sentAt":
                time = time();
                return Field.SENT_AT;
            case "sequence":
                sequence = wholeNumber();
                return Field.SEQUENCE;
            case "deletedAt":
                time = time();
                return Field.DELETED_AT;
            case "providerId":
                providerId = uuid();
                return Field.PROVIDER;
            case "answerableFrom":
                answerableFrom = time();
                return Field.ANSWERABLE;
            case "reason":
                reason = EventFields.constant("reason", text(), ExcuseReason.OTHER);
                return Field.REASON;
            case "excusedBy":
                excusedBy = EventCodec.excusedBy(text());
                return Field.BY;
            case "excusedAt":
                time = time();
                return Field.EXCUSED_AT;
            default:
                throw NonCanonical.INSTANCE;
        }
    }

    private @Nullable Event event() {
        if (type.equals(EventCodec.MESSAGE_CREATED) && (seen & ~OPTIONAL) == CREATION) {
            return new MessageCreated(
                    messageId,
                    conversationId,
                    senderId,
                    senderRole,
                    recipientId,
                    recipientRole,
                    kind,
                    time,
                    sequence,
                    providerId,
                    answerableFrom);
        }
        if (type.equals(EventCodec.MESSAGE_DELETED) && seen == DELETION_OF_MESSAGE) {
            return new MessageDeleted(messageId, conversationId, time);
        }
        if (type.equals(EventCodec.CONVERSATION_DELETED) && seen == DELETION_OF_CONVERSATION) {
            return new ConversationDeleted(conversationId, time);
        }
        if (type.equals(EventCodec.INQUIRY_EXCUSED) && seen == EXCUSE) {
            return new InquiryExcused(conversationId, messageId, reason, excusedBy, time);
        }
        return null;
    }

    private String text() {
        NonCanonical.unless(json.currentToken() == JsonToken.VALUE_STRING);
        return json.getString();
    }

    private long wholeNumber() {
        NonCanonical.unless(json.currentToken() == JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private UUID uuid() {
        NonCanonical.unless(json.currentToken() == JsonToken.VALUE_STRING);
        return CanonicalText.uuid(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    }

    private Instant time() {
        NonCanonical.unless(json.currentToken() == JsonToken.VALUE_STRING);
        return CanonicalText.time(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    }
}
