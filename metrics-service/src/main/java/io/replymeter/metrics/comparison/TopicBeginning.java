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
 * When the first record was appended that the topic still held as a rebuild began, by partition that had lost records
 * before that.
 */
public record TopicBeginning(Map<Integer, Instant> firstAppended, int partitions) {

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
    boolean isTheFirst() {
        return firstAppended.isEmpty();
    }

    /** Whether a message of {@code conversation} is known that was sent before the topic's first record of it. */
    boolean isAfterFirstOf(Conversation conversation) {
        Instant begins = isTheFirst() ? null : firstAppended.get(partitionOf(conversation.id()));
        OptionalLong first = conversation.firstMessageAt();
        return begins != null && first.isPresent() && first.getAsLong() < Micros.of(begins);
    }

    /** Where a producer that keeps the contract puts it. */
    private int partitionOf(UUID conversation) {
        byte[] key = MessageEventsTopic.key(conversation).getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
