package io.replymeter.metrics.ingest;

import static java.util.Objects.requireNonNull;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.Offsets;
import io.replymeter.metrics.log.Offsets.Position;
import io.replymeter.metrics.log.Offsets.Step;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that this instance reads for one generation: where each one stands, and why if it stands still. A
 * partition whose stored offset the topic no longer holds, or whose topic is another one, is paused until somebody
 * decides; the others go on. Each partition is touched by its consumer's thread alone; reading is thread-safe.
 */
final class OwnedPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedPartitions.class);

    private static final String CREATED_ANEW = "the topic was created anew: rebuild from what it holds now";

    /** @param topicId of the topic that was read: the broker may refuse an offset before it tells that there is another */
    private record Stopped(String topicId, String reason) {}

    private final Generation generation;
    private final Topic topic;
    private final Offsets offsets;

    /** By partition, the offset that was read at assignment or written last. */
    private final Map<Integer, Long> expected = new ConcurrentHashMap<>();

    private final Map<Integer, Stopped> stopped = new ConcurrentHashMap<>();

    private volatile String topicId = "";

    OwnedPartitions(Generation generation, Topic topic, Offsets offsets) {
        this.generation = generation;
        this.topic = topic;
        this.offsets = offsets;
    }

    /** Why partitions stand still, by partition; empty if none does. */
    Map<Integer, String> stopped() {
        Map<Integer, String> reasons = new TreeMap<>();
        stopped.forEach((partition, its) -> reasons.put(partition, isOf(its.topicId()) ? its.reason() : CREATED_ANEW));
        return reasons;
    }

    /** The id of the topic that is read. */
    String topicId() {
        return topicId;
    }

    /** Whether the topic that is read is still the one there is, as far as the broker told. */
    boolean areOfTheTopic() {
        return isOf(topicId);
    }

    private boolean isOf(String id) {
        return topic.state().map(TopicState::topicId).equals(Optional.of(id));
    }

    /** By partition, the offset that was read at assignment or written last. */
    Map<Integer, Long> expected() {
        return new HashMap<>(expected);
    }

    /** A batch was applied up to these offsets. */
    void moveTo(Map<Integer, Long> nextOffsets) {
        expected.putAll(nextOffsets);
    }

    /**
     * Moves the stored offsets past what carries no record: the marks that a transactional producer leaves. Otherwise a
     * partition would never seem to be read to its end.
     */
    void skipMarks(Consumer<?, ?> consumer) {
        List<Step> steps = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            Long before = expected.get(partition.partition());
            long next = before == null ? 0 : consumer.position(partition);
            if (before != null && next > before) {
                steps.add(new Step(partition.partition(), before, next, null));
            }
        }
        if (!steps.isEmpty()) {
            offsets.advance(generation.number(), topicId, steps);
            steps.forEach(step -> expected.put(step.partition(), step.nextOffset()));
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            expected.remove(partition.partition());
            stopped.remove(partition.partition());
        });
    }

    /** Begins where the database says that reading ended, whatever was remembered. */
    void seekToStored(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return; // A rebalance that gave nothing new: what is held was read of the topic known so far.
        }
        forget(partitions);
        TopicState state = topic.state().orElseThrow(() -> new IllegalStateException("the topic was not seen yet"));
        topicId = state.topicId();
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> offsets.begin(
                generation.number(), partition.partition(), topicId, requireNonNull(beginnings.get(partition))));
        Map<Integer, Position> stored = offsets.of(generation.number());
        for (TopicPartition partition : partitions) {
            seek(
                    consumer,
                    partition,
                    requireNonNull(stored.get(partition.partition())),
                    requireNonNull(beginnings.get(partition)),
                    requireNonNull(ends.get(partition)));
        }
    }

    private void seek(Consumer<?, ?> consumer, TopicPartition partition, Position stored, long beginning, long end) {
        String trouble = trouble(stored, beginning, end);
        if (!trouble.isEmpty()) {
            stop(consumer, partition, trouble);
            consumer.seek(partition, beginning);
            return;
        }
        expected.put(partition.partition(), stored.nextOffset());
        consumer.seek(partition, stored.nextOffset());
        consumer.resume(Set.of(partition));
    }

    private String trouble(Position stored, long beginning, long end) {
        if (!stored.topicId().equals(topicId)) {
            return CREATED_ANEW;
        }
        if (stored.nextOffset() < beginning) {
            return "records from offset " + stored.nextOffset() + " to " + (beginning - 1)
                    + " were removed before they were read: rebuild from what the topic holds now";
        }
        if (stored.nextOffset() > end) {
            return "the topic ends at offset " + end + ", before the stored " + stored.nextOffset()
                    + ": records were lost, rebuild from what it holds now";
        }
        return "";
    }

    /** The broker refused these offsets while reading. */
    void stopOutOfRange(Consumer<?, ?> consumer, Map<TopicPartition, Long> refused) {
        refused.forEach((partition, offset) ->
                stop(consumer, partition, "offset " + offset + " is no longer in the topic: rebuild from what is"));
        consumer.seekToBeginning(refused.keySet());
    }

    private void stop(Consumer<?, ?> consumer, TopicPartition partition, String why) {
        LOG.error("Generation {} stands still in {}: {}", generation.number(), partition, why);
        stopped.put(partition.partition(), new Stopped(topicId, why));
        expected.remove(partition.partition());
        consumer.pause(Set.of(partition));
    }
}
