package io.replymeter.events;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The topic that carries {@link Event}s. */
public final class MessageEventsTopic {

    /** The name of the topic, unless an installation configures another one. */
    public static final String NAME = "messaging.message-events";

    public static final int PARTITIONS = 12;

    /** How large a record's value may be, uncompressed. */
    public static final int MOST_BYTES = 65_536;

    /** How long records are kept, and so how far back a rebuild can replay. */
    public static final Duration RETENTION = Duration.ofDays(90);

    /** Settings of the topic that the measurement relies on. Every record counts by its append time (rule 9). */
    public static final Map<String, String> SETTINGS = Map.of(
            "message.timestamp.type", "LogAppendTime",
            "cleanup.policy", "delete",
            "retention.ms", Long.toString(RETENTION.toMillis()));

    private MessageEventsTopic() {}

    /** The record key of a conversation's events, in lower case. It puts them into one partition in order. */
    public static String key(UUID conversationId) {
        return conversationId.toString();
    }
}
