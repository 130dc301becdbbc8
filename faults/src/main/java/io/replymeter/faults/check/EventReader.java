package io.replymeter.faults.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.ExcuseReason;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads events that keep the contract, without the services' codec. */
final class EventReader {

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode json;

    private EventReader(JsonNode json) {
        this.json = json;
    }

    /** @param value each byte as a character */
    static Event read(String value) {
        return new EventReader(JSON.readTree(value.getBytes(ISO_8859_1))).event();
    }

    private Event event() {
        return switch (text("type")) {
            case "MessageCreated" ->
                new MessageCreated(
                        id("messageId"),
                        id("conversationId"),
                        id("senderId"),
                        Role.valueOf(text("senderRole")),
                        id("recipientId"),
                        Role.valueOf(text("recipientRole")),
                        MessageKind.valueOf(json.path("kind").asString("HUMAN")),
                        time("sentAt"),
                        json.has("sequence") ? json.path("sequence").asLong() : null,
                        json.has("providerId") ? id("providerId") : null,
                        timeOrNull("answerableFrom"));
            case "MessageDeleted" -> new MessageDeleted(id("messageId"), id("conversationId"), time("deletedAt"));
            case "ConversationDeleted" -> new ConversationDeleted(id("conversationId"), time("deletedAt"));
            case "InquiryExcused" ->
                new InquiryExcused(
                        id("conversationId"),
                        id("messageId"),
                        ExcuseReason.valueOf(text("reason")),
                        ExcusedBy.valueOf(text("excusedBy")),
                        time("excusedAt"));
            default -> throw new IllegalArgumentException("an unknown type");
        };
    }

    private String text(String field) {
        return json.required(field).stringValue();
    }

    private UUID id(String field) {
        return UUID.fromString(text(field));
    }

    private Instant time(String field) {
        return Instant.parse(text(field));
    }

    private @Nullable Instant timeOrNull(String field) {
        return json.has(field) ? time(field) : null;
    }
}
