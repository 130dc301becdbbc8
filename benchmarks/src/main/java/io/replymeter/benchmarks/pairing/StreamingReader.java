package io.replymeter.benchmarks.pairing;

import static java.util.Objects.requireNonNull;

import io.replymeter.benchmarks.pairing.PairingEvent.Type;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads what our own codec wrote, and nothing else: the limit of what decoding can cost. */
final class StreamingReader implements EventReader {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public @Nullable PairingEvent read(byte[] value) {
        Fields fields = new Fields();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), value)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_STRING) {
                    fields.take(name, parser.getString());
                }
            }
        }
        return fields.event();
    }

    /** The fields of one event, as they come. */
    private static final class Fields {

        private String type = "";
        private @Nullable UUID messageId;
        private @Nullable UUID conversationId;
        private @Nullable UUID senderId;
        private @Nullable UUID recipientId;
        private boolean fromClient;
        private boolean fromProvider;
        private boolean toClient;
        private boolean toProvider;
        private boolean human;
        private long sentAt;

        void take(String name, String value) {
            switch (name) {
                case "type" -> type = value;
                case "messageId" -> messageId = UUID.fromString(value);
                case "conversationId" -> conversationId = UUID.fromString(value);
                case "senderId" -> senderId = UUID.fromString(value);
                case "recipientId" -> recipientId = UUID.fromString(value);
                case "senderRole" -> {
                    fromClient = value.equals("CLIENT");
                    fromProvider = value.equals("PROVIDER");
                }
                case "recipientRole" -> {
                    toClient = value.equals("CLIENT");
                    toProvider = value.equals("PROVIDER");
                }
                case "kind" -> human = value.equals("HUMAN");
                case "sentAt" -> sentAt = micros(value);
                default -> {}
            }
        }

        @Nullable PairingEvent event() {
            UUID conversation = requireNonNull(conversationId);
            if (type.equals("MessageDeleted")) {
                return new PairingEvent(Type.MESSAGE_DELETED, conversation, messageId, null, false, 0);
            }
            if (type.equals("ConversationDeleted")) {
                return new PairingEvent(Type.CONVERSATION_DELETED, conversation, null, null, false, 0);
            }
            boolean asks = fromClient && toProvider;
            if (!human || !asks && !(fromProvider && toClient)) {
                return null;
            }
            UUID providerId = asks ? recipientId : senderId;
            return new PairingEvent(Type.MESSAGE, conversation, messageId, providerId, asks, sentAt);
        }
    }

    /** Of {@code 2026-11-22T10:00:00.123456Z}, with 0 to 6 digits after the point. */
    static long micros(String time) {
        long day = LocalDate.of(number(time, 0, 4), number(time, 5, 7), number(time, 8, 10))
                .toEpochDay();
        long seconds = TimeUnit.DAYS.toSeconds(day)
                + number(time, 11, 13) * 3_600L
                + number(time, 14, 16) * 60L
                + number(time, 17, 19);
        int end = time.length() - 1;
        long fraction = end > 20 ? number(time, 20, end) : 0;
        for (int digits = Math.max(end - 20, 0); digits < 6; digits++) {
            fraction *= 10;
        }
        return seconds * 1_000_000 + fraction;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
