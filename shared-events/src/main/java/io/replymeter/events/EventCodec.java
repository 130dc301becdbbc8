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

/** Events to and from the contract's JSON (UTF-8), as {@code asyncapi.yaml} describes it. Thread-safe. */
public final class EventCodec {

    /** The only version of every type so far. */
    public static final int VERSION = 1;

    static final String MESSAGE_CREATED = "MessageCreated";
    static final String MESSAGE_DELETED = "MessageDeleted";
    static final String CONVERSATION_DELETED = "ConversationDeleted";

    // A tree, not a bound class: a field is looked at only by the type and version that it belongs to.
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();
    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The contract's JSON of {@code event}: the same bytes for equal events, without line breaks. */
    public byte[] encode(Event event) {
        return MAPPER.writeValueAsBytes(json(event));
    }

    /**
     * Reads one event. Fields that the event's type does not have are ignored, whatever they hold.
     *
     * @param value a record's value; null (a tombstone) is malformed
     * @return the event; empty for a type this version of the contract does not name
     * @throws InvalidEvent when {@code value} breaks the contract; nothing else is thrown
     */
    public Optional<Event> decode(byte @Nullable [] value) throws InvalidEvent {
        Event usual = value == null ? null : StreamingDecoder.decode(value);
        return usual == null ? decodeTree(value) : Optional.of(usual);
    }

    /** Decides alone what is right; {@link StreamingDecoder} only saves most events the way through a tree. */
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
            // The library's own message may quote the input.
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
