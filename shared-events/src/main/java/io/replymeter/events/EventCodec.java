package io.replymeter.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Events to and from the contract's JSON (UTF-8). Thread-safe. */
public final class EventCodec {

    /** The only version of every type so far. */
    public static final int VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();
    private static final ObjectReader READER = MAPPER.readerFor(Wire.class);
    private static final ObjectWriter WRITER = MAPPER.writerFor(Wire.class);
    private static final int UUID_LENGTH = 36;

    /** The contract's JSON of {@code event}. */
    public byte[] encode(Event event) {
        return WRITER.writeValueAsBytes(Wire.of(event));
    }

    /**
     * Reads one event. Fields it does not know are ignored.
     *
     * @param value a record's value; null (a tombstone) is malformed
     * @return the event; empty for a type this version of the contract does not name
     * @throws InvalidEvent when {@code value} breaks the contract
     */
    public Optional<Event> decode(byte @Nullable [] value) throws InvalidEvent {
        Wire wire = read(value);
        String type = required("type", wire.type);
        if (!type.equals("MessageCreated") && !type.equals("MessageDeleted") && !type.equals("ConversationDeleted")) {
            return Optional.empty();
        }
        if (required("version", wire.version) != VERSION) {
            throw new InvalidEvent(
                    InvalidEvent.Reason.UNSUPPORTED_VERSION, "version of " + type + " is not " + VERSION);
        }
        try {
            return Optional.of(
                    switch (type) {
                        case "MessageCreated" -> wire.messageCreated();
                        case "MessageDeleted" -> wire.messageDeleted();
                        default -> wire.conversationDeleted();
                    });
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Wire read(byte @Nullable [] value) throws InvalidEvent {
        if (value == null) {
            throw malformed("no value");
        }
        try {
            Wire wire = READER.readValue(value);
            if (wire == null) {
                throw malformed("not a JSON object");
            }
            return wire;
        } catch (JacksonException e) {
            // The library's own message may quote the input.
            throw malformed("not a JSON object of this contract, at " + location(e));
        }
    }

    private static String location(JacksonException e) {
        return e.getLocation() == null
                ? "an unknown place"
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static InvalidEvent malformed(String what) {
        return new InvalidEvent(InvalidEvent.Reason.MALFORMED, what);
    }

    private static <T> T required(String field, @Nullable T value) throws InvalidEvent {
        if (value == null) {
            throw malformed(field + " is missing");
        }
        return value;
    }

    /** The JSON object of every type: fields a type does not have are absent. */
    private record Wire(
            @Nullable String type,
            @Nullable Integer version,
            @Nullable String messageId,
            @Nullable String conversationId,
            @Nullable String senderId,
            @Nullable String senderRole,
            @Nullable String recipientId,
            @Nullable String recipientRole,
            @Nullable String kind,
            @Nullable String sentAt,
            @Nullable String deletedAt,
            @Nullable Long sequence) {

        static Wire of(Event event) {
            if (event instanceof MessageCreated e) {
                return new Wire(
                        "MessageCreated",
                        VERSION,
                        e.messageId().toString(),
                        e.conversationId().toString(),
                        e.senderId().toString(),
                        e.senderRole().name(),
                        e.recipientId().toString(),
                        e.recipientRole().name(),
                        e.kind().name(),
                        e.sentAt().toString(),
                        null,
                        e.sequence());
            }
            if (event instanceof MessageDeleted e) {
                return deletion("MessageDeleted", e.messageId().toString(), e.conversationId(), e.deletedAt());
            }
            ConversationDeleted e = (ConversationDeleted) event;
            return deletion("ConversationDeleted", null, e.conversationId(), e.deletedAt());
        }

        private static Wire deletion(String type, @Nullable String messageId, UUID conversationId, Instant deletedAt) {
            return new Wire(
                    type,
                    VERSION,
                    messageId,
                    conversationId.toString(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    deletedAt.toString(),
                    null);
        }

        MessageCreated messageCreated() throws InvalidEvent {
            return new MessageCreated(
                    uuid("messageId", messageId),
                    uuid("conversationId", conversationId),
                    uuid("senderId", senderId),
                    role(required("senderRole", senderRole)),
                    uuid("recipientId", recipientId),
                    role(required("recipientRole", recipientRole)),
                    kind(kind),
                    time("sentAt", sentAt),
                    sequence);
        }

        MessageDeleted messageDeleted() throws InvalidEvent {
            return new MessageDeleted(
                    uuid("messageId", messageId), uuid("conversationId", conversationId), time("deletedAt", deletedAt));
        }

        ConversationDeleted conversationDeleted() throws InvalidEvent {
            return new ConversationDeleted(uuid("conversationId", conversationId), time("deletedAt", deletedAt));
        }

        private static UUID uuid(String field, @Nullable String text) throws InvalidEvent {
            String given = required(field, text);
            // UUID.fromString also takes shortened groups, which other readers would not.
            if (given.length() != UUID_LENGTH) {
                throw malformed(field + " is not a UUID");
            }
            try {
                return UUID.fromString(given);
            } catch (IllegalArgumentException e) {
                throw malformed(field + " is not a UUID");
            }
        }

        private static Instant time(String field, @Nullable String text) throws InvalidEvent {
            try {
                return OffsetDateTime.parse(required(field, text)).toInstant();
            } catch (DateTimeException e) {
                throw malformed(field + " is not an RFC 3339 date and time");
            }
        }

        private static Role role(String name) {
            return switch (name) {
                case "CLIENT" -> Role.CLIENT;
                case "PROVIDER" -> Role.PROVIDER;
                case "ADMIN" -> Role.ADMIN;
                default -> Role.OTHER;
            };
        }

        private static MessageKind kind(@Nullable String name) {
            if (name == null) {
                return MessageKind.HUMAN;
            }
            return switch (name) {
                case "HUMAN" -> MessageKind.HUMAN;
                case "AUTO_REPLY" -> MessageKind.AUTO_REPLY;
                case "SYSTEM" -> MessageKind.SYSTEM;
                default -> MessageKind.OTHER;
            };
        }
    }
}
