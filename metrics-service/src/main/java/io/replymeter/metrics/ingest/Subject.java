package io.replymeter.metrics.ingest;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Whom a record is about that breaks the contract, as far as that can be read: its beginning may be right, and its key too.
 *
 * @param conversationId null if neither the value nor the key names one
 * @param providerId the provider whose numbers it may concern; null if it names none
 */
record Subject(@Nullable UUID conversationId, @Nullable UUID providerId) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> FIELDS =
            Set.of("conversationId", "providerId", "senderId", "senderRole", "recipientId", "recipientRole");
    private static final String PROVIDER = "PROVIDER";
    private static final int UUID_LENGTH = 36;

    static Subject of(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> fields = fields(record.value());
        UUID conversation = uuid(fields.get("conversationId"));
        return new Subject(conversation == null ? uuid(record.key()) : conversation, provider(fields));
    }

    private static @Nullable UUID provider(Map<String, String> fields) {
        UUID account = uuid(fields.get("providerId"));
        if (account != null) {
            return account;
        }
        if (PROVIDER.equals(fields.get("senderRole"))) {
            return uuid(fields.get("senderId"));
        }
        return PROVIDER.equals(fields.get("recipientRole")) ? uuid(fields.get("recipientId")) : null;
    }

    /** The texts of the known fields up to the first place that is not JSON. */
    private static Map<String, String> fields(byte @Nullable [] value) {
        Map<String, String> fields = new HashMap<>();
        if (value == null) {
            return fields;
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), value)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                readInto(fields, parser);
            }
        } catch (JacksonException e) {
            // What was read so far is all there is.
        }
        return fields;
    }

    private static void readInto(Map<String, String> fields, JsonParser parser) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (parser.nextToken() == JsonToken.VALUE_STRING && FIELDS.contains(name)) {
                fields.put(name, parser.getString());
            } else {
                parser.skipChildren();
            }
        }
    }

    private static @Nullable UUID uuid(byte @Nullable [] key) {
        return key == null || key.length != UUID_LENGTH ? null : uuid(new String(key, StandardCharsets.UTF_8));
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null || text.length() != UUID_LENGTH ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
