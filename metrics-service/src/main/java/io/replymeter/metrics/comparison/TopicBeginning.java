package io.replymeter.metrics.comparison;

import io.replymeter.events.MessageEventsTopic;
import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.Micros;
import io.replymeter.metrics.log.PartitionPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;

/**
 * How much of its history the topic still held when a rebuild began.
 *
 * @param firstAppended when the first record left was appended, for each partition that had lost records before it
 * @param partitions how many the topic has
 */
public record TopicBeginning(Map<Integer, Instant> firstAppended, int partitions) {

    /** A topic that has lost nothing. */
    static final TopicBeginning COMPLETE = new TopicBeginning(Map.of(), 0);

    public static TopicBeginning of(Collection<PartitionPosition> positions) {
        Map<Integer, Instant> firstAppended = new HashMap<>();
        for (PartitionPosition position : positions) {
            if (position.firstAppendedAt() != null) {
                firstAppended.put(position.partition(), position.firstAppendedAt());
            }
        }
        return new TopicBeginning(Map.copyOf(firstAppended), positions.size());
    }

    /** Whether the topic held every record. */
    boolean isComplete() {
        return firstAppended.isEmpty();
    }

    /** Whether {@code conversation} has a message sent before the first record that its partition still held. */
    boolean isAfterFirstOf(Conversation conversation) {
        Instant begins = isComplete() ? null : firstAppended.get(partitionOf(conversation.id()));
        OptionalLong first = conversation.firstMessageAt();
        return begins != null && first.isPresent() && first.getAsLong() < Micros.of(begins);
    }

    /** The partition that a producer which keeps the contract writes to. */
    private int partitionOf(UUID conversation) {
        byte[] key = MessageEventsTopic.key(conversation).getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
