package io.replymeter.events;

import java.util.Optional;
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
        if (!type.equals(MESSAGE_CREATED) && !type.equals(MESSAGE_DELETED) && !type.equals(CONVERSATION_DELETED)) {
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
            JsonNode tree = MAPPER.readTree(value);
            if (!tree.isObject()) {
                throw InvalidEvent.malformed("not a JSON object");
            }
            return tree;
        } catch (JacksonException e) {
            // The message of the library may quote the input.
            throw InvalidEvent.malformed("not one JSON object in UTF-8 with every name once" + location(e));
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
                        MessageKind.named(fields.textOr("kind", "HUMAN")),
                        fields.time("sentAt"),
                        fields.wholeNumberOrNull("sequence"));
            case MESSAGE_DELETED ->
                new MessageDeleted(fields.uuid("messageId"), fields.uuid("conversationId"), fields.time("deletedAt"));
            default -> new ConversationDeleted(fields.uuid("conversationId"), fields.time("deletedAt"));
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
        return e.sequence() == null ? json : json.put("sequence", e.sequence());
    }

    private static ObjectNode start(String type) {
        return MAPPER.createObjectNode().put("type", type).put("version", VERSION);
    }
}
