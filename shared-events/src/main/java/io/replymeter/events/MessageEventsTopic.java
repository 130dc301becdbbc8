package io.replymeter.events;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The topic that carries {@link Event}s. */
public final class MessageEventsTopic {

    /** Its name, unless an installation configures another. */
    public static final String NAME = "messaging.message-events";

    public static final int PARTITIONS = 12;

    /** What a rebuild can replay. */
    public static final Duration RETENTION = Duration.ofDays(90);

    /** Topic settings the measurement relies on: every record is judged by the broker's append time (rule 9). */
    public static final Map<String, String> SETTINGS = Map.of(
            "message.timestamp.type", "LogAppendTime",
            "cleanup.policy", "delete",
            "retention.ms", Long.toString(RETENTION.toMillis()));

    private MessageEventsTopic() {}

    /** The record key of a conversation's events, in lower case: it puts them into one partition, in order. */
    public static String key(UUID conversationId) {
        return conversationId.toString();
    }
}
