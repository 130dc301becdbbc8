package io.replymeter.metrics.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Kafka how far partitions were applied. That only serves lag dashboards, so nobody waits for it, and what is refused,
 * as everything is during a rebalance, is told again next time. Used by several consumer threads, each for its own
 * partitions.
 */
final class CommittedOffsets {

    private static final Logger log = LoggerFactory.getLogger(CommittedOffsets.class);

    private final AssignedPartitions partitions;
    private final Map<TopicPartition, OffsetAndMetadata> committed = new ConcurrentHashMap<>();

    CommittedOffsets(AssignedPartitions partitions) {
        this.partitions = partitions;
    }

    /** Commits what Kafka is not known to have of the partitions of {@code consumer}. */
    void commit(Consumer<?, ?> consumer) {
        Map<Integer, Long> applied = partitions.nextOffsets();
        Map<TopicPartition, OffsetAndMetadata> news = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            Long offset = applied.get(partition.partition());
            if (offset != null) {
                news.put(partition, new OffsetAndMetadata(offset));
            }
        }
        news.entrySet().removeAll(committed.entrySet());
        if (!news.isEmpty()) {
            consumer.commitAsync(news, this::committed);
        }
    }

    private void committed(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception refusal) {
        if (refusal == null) {
            committed.putAll(offsets);
        } else {
            log.debug("Offsets were not committed and are committed again in a moment: {}", offsets, refusal);
        }
    }

    /** Forgets partitions that are no longer assigned: others commit them now. */
    void forget(Collection<TopicPartition> gone) {
        committed.keySet().removeAll(gone);
    }
}
