package io.replymeter.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.replymeter.events.InquiryExcused.ExcusedBy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes events as JSON in UTF-8, as {@code asyncapi.yaml} describes it. Thread-safe. */
public final class EventCodec {

    /** The only version so far of every event type. */
    public static final int VERSION = 1;

    static final String MESSAGE_CREATED = "MessageCreated";
    static final String MESSAGE_DELETED = "MessageDeleted";
    static final String CONVERSATION_DELETED = "ConversationDeleted";
    static final String INQUIRY_EXCUSED = "InquiryExcused";
    private static final String NOT_AN_OBJECT = "not one JSON object in UTF-8 with every name once";
    private static final Set<String> TYPES =
            Set.of(MESSAGE_CREATED, MESSAGE_DELETED, CONVERSATION_DELETED, INQUIRY_EXCUSED);

    // Reads a tree instead of binding a class: only the type and version decide which fields are looked at.
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();
    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Writes {@code event} as JSON without line breaks. Equal events give the same bytes. */
    public byte[] encode(Event event) {
        return MAPPER.writeValueAsBytes(json(event));
    }

    /**
     * Reads one event. Fields that its type does not have are ignored, with any value.
     *
     * @param value the value of a record; null (a tombstone) is malformed
     * @return the event; empty for a type that this version of the contract does not have
     * @throws InvalidEvent when {@code value} violates the contract; no other exception is thrown
     */
    public Optional<Event> decode(byte @Nullable [] value) throws InvalidEvent {
        Event canonical = value == null ? null : StreamingDecoder.decode(value);
        return canonical == null ? decodeTree(value) : Optional.of(canonical);
    }

    /** Reads every valid event. {@link StreamingDecoder} is faster, but reads only the canonical ones. */
    Optional<Event> decodeTree(byte @Nullable [] value) throws InvalidEvent {
        EventFields fields = new EventFields(tree(value));
        String type = fields.text("type");
        if (!TYPES.contains(type)) {
            return Optional.empty();
        }
        if (!fields.isWholeNumber("version", VERSION)) {
            throw new InvalidEvent(
                    InvalidEvent.Reason.UNSUPPORTED_VERSION,
                    "version of " + type + " is not " + VERSION + ", the only one that this reader knows");
        }
        try {
            return Optional.of(event(type, fields));
        } catch (IllegalArgumentException e) {
            throw InvalidEvent.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode tree(byte @Nullable [] value) throws InvalidEvent {
        if (value == null) {
            throw InvalidEvent.malformed("no value");
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(value)); // Jackson takes overlong forms
            JsonNode tree = MAPPER.readTree(value);
            if (!tree.isObject()) {
                throw InvalidEvent.malformed("not a JSON object");
            }
            return tree;
        } catch (CharacterCodingException e) {
            throw InvalidEvent.malformed(NOT_AN_OBJECT);
        } catch (JacksonException e) {
            // The message of the library may quote the input.
            throw InvalidEvent.malformed(NOT_AN_OBJECT + location(e));
        }
    }

    private static String location(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null ? "" : ": see line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static Event event(String type, EventFields fields) throws InvalidEvent {
        return switch (type) {
            case MESSAGE_CREATED ->
                new MessageCreated(
                        fields.uuid("messageId"),
                        fields.uuid("conversationId"),
                        fields.uuid("senderId"),
                        Role.named(fields.text("senderRole")),
                        fields.uuid("recipientId"),
                        Role.named(fields.text("recipientRole")),
                        EventFields.constant("kind", fields.textOr("kind", "HUMAN"), MessageKind.OTHER),
                        fields.time("sentAt"),
                        fields.wholeNumberOrNull("sequence"),
                        fields.uuidOrNull("providerId"),
                        fields.timeOrNull("answerableFrom"));
            case MESSAGE_DELETED ->
                new MessageDeleted(fields.uuid("messageId"), fields.uuid("conversationId"), fields.time("deletedAt"));
            case INQUIRY_EXCUSED ->
                new InquiryExcused(
                        fields.uuid("conversationId"),
                        fields.uuid("messageId"),
                        EventFields.constant("reason", fields.text("reason"), ExcuseReason.OTHER),
                        excusedBy(fields.text("excusedBy")),
                        fields.time("excusedAt"));
            default -> new ConversationDeleted(fields.uuid("conversationId"), fields.time("deletedAt"));
        };
    }

    static ExcusedBy excusedBy(String name) {
        return switch (name) {
            case "PROVIDER" -> ExcusedBy.PROVIDER;
            case "PLATFORM" -> ExcusedBy.PLATFORM;
            default -> throw new IllegalArgumentException("excusedBy is neither PROVIDER nor PLATFORM");
        };
    }

    private static ObjectNode json(Event event) {
        if (event instanceof MessageCreated e) {
            return json(e);
        }
        if (event instanceof MessageDeleted e) {
            return start(MESSAGE_DELETED)
                    .put("messageId", e.messageId().toString())
                    .put("conversationId", e.conversationId().toString())
                    .put("deletedAt", e.deletedAt().toString());
        }
        if (event instanceof InquiryExcused e) {
            return start(INQUIRY_EXCUSED)
                    .put("conversationId", e.conversationId().toString())
                    .put("messageId", e.messageId().toString())
                    .put("reason", e.reason().name())
                    .put("excusedBy", e.excusedBy().name())
                    .put("excusedAt", e.excusedAt().toString());
        }
        ConversationDeleted e = (ConversationDeleted) event;
        return start(CONVERSATION_DELETED)
                .put("conversationId", e.conversationId().toString())
                .put("deletedAt", e.deletedAt().toString());
    }

    private static ObjectNode json(MessageCreated e) {
        ObjectNode json = start(MESSAGE_CREATED)
                .put("messageId", e.messageId().toString())
                .put("conversationId", e.conversationId().toString())
                .put("senderId", e.senderId().toString())
                .put("senderRole", e.senderRole().name())
                .put("recipientId", e.recipientId().toString())
                .put("recipientRole", e.recipientRole().name())
                .put("kind", e.kind().name())
                .put("sentAt", e.sentAt().toString());
        if (e.sequence() != null) {
            json.put("sequence", e.sequence());
        }
        if (e.providerId() != null) {
            json.put("providerId", e.providerId().toString());
        }
        return e.answerableFrom() == null
                ? json
                : json.put("answerableFrom", e.answerableFrom().toString());
    }

    private static ObjectNode start(String type) {
        return MAPPER.createObjectNode().put("type", type).put("version", VERSION);
    }
}
