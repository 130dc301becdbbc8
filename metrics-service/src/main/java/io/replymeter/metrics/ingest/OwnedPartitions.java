package io.replymeter.metrics.ingest;

import static java.util.Objects.requireNonNull;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.Offsets;
import io.replymeter.metrics.log.Offsets.Position;
import io.replymeter.metrics.log.Offsets.Step;
import io.replymeter.metrics.log.Offsets.StopAhead;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that this instance reads for one generation: where each one stands, and why if it stands still. A
 * partition whose stored offset the topic no longer holds, or whose topic is another one, is paused until somebody
 * decides; the others go on. Several consumers' threads use it, each for its own partitions.
 */
final class OwnedPartitions {

    /**
     * @param topicId of the topic that is read
     * @param nextOffset what was read at assignment or written last
     */
    private record Reading(String topicId, long nextOffset) {}

    private final Generation generation;
    private final Topic topic;
    private final Offsets offsets;

    private final Map<Integer, Reading> reading = new ConcurrentHashMap<>();
    private final StoppedPartitions stopped;

    OwnedPartitions(Generation generation, Topic topic, Offsets offsets) {
        this.generation = generation;
        this.topic = topic;
        this.offsets = offsets;
        this.stopped = new StoppedPartitions(generation, topic);
    }

    /** Why partitions stand still, by partition; empty if none does. */
    Map<Integer, String> stopped() {
        return stopped.reasons();
    }

    /**
     * The id of the topic that these partitions are read of.
     *
     * @throws IllegalStateException when one of them is not read, or is of another topic than there is now, as far as the
     *     broker told
     */
    String topicId(Collection<Integer> partitions) {
        String id = state().topicId();
        for (int partition : partitions) {
            Reading its = reading.get(partition);
            if (its == null || !its.topicId().equals(id)) {
                throw new IllegalStateException("partition " + partition + " is not read of the topic there is now");
            }
        }
        return id;
    }

    private TopicState state() {
        return topic.state().orElseThrow(() -> new IllegalStateException("the topic was not seen yet"));
    }

    /** By partition, the offset that was read at assignment or written last. */
    Map<Integer, Long> expected() {
        Map<Integer, Long> expected = new HashMap<>();
        reading.forEach((partition, its) -> expected.put(partition, its.nextOffset()));
        return expected;
    }

    /** A batch was applied up to these offsets. */
    void moveTo(String topicId, Map<Integer, Long> nextOffsets) {
        nextOffsets.forEach((partition, offset) -> reading.put(partition, new Reading(topicId, offset)));
    }

    /** By partition, the offset that must not be passed for now. */
    Map<Integer, Long> stops() {
        return offsets.stops(generation.number());
    }

    /** What of the topic is read here, above 0 and up to 1. */
    double share() {
        return Math.max(1, reading.size())
                / (double) Math.max(1, state().endOffsets().size());
    }

    /**
     * Of these partitions every record below the stop was applied, and the one that follows was seen: what is left before
     * the stop carries none.
     */
    void skipTo(Map<Integer, Long> stops, Collection<Integer> partitions) {
        Map<Integer, Long> passed = new HashMap<>(stops);
        passed.keySet().retainAll(partitions);
        skip(passed);
    }

    /**
     * Nothing came for a while: no record will tell that the topic is another one, or that a partition was read to its
     * end.
     */
    void checkIdle(Consumer<?, ?> consumer) {
        List<TopicPartition> ofAnotherTopic = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            Reading its = reading.get(partition.partition());
            if (its != null && !its.topicId().equals(state().topicId())) {
                ofAnotherTopic.add(partition);
            }
        }
        if (ofAnotherTopic.isEmpty()) {
            skipMarks(consumer);
        } else {
            seekToStored(consumer, ofAnotherTopic);
        }
    }

    /**
     * Moves the stored offsets past what carries no record: the marks that a transactional producer leaves. Otherwise a
     * partition would never seem to be read to its end.
     */
    private void skipMarks(Consumer<?, ?> consumer) {
        Map<Integer, Long> positions = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            if (reading.containsKey(partition.partition())) {
                positions.put(partition.partition(), consumer.position(partition));
            }
        }
        try {
            skip(positions);
        } catch (StopAhead ahead) {
            positions.replaceAll(
                    (partition, position) -> Math.min(position, ahead.stops().getOrDefault(partition, Long.MAX_VALUE)));
            skip(positions);
        }
    }

    private void skip(Map<Integer, Long> positions) {
        Map<Integer, Long> passed = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        positions.forEach((partition, next) -> {
            Reading its = reading.get(partition);
            if (its != null && next > its.nextOffset()) {
                passed.put(partition, next);
                steps.add(new Step(partition, its.nextOffset(), next, null));
            }
        });
        if (!steps.isEmpty()) {
            String topicId = topicId(passed.keySet());
            offsets.advance(generation.number(), topicId, steps);
            moveTo(topicId, passed);
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            reading.remove(partition.partition());
            stopped.remove(partition.partition());
        });
    }

    /** Begins where the database says that reading ended, whatever was remembered. */
    void seekToStored(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return; // A rebalance that gave nothing new: what is held was read of the topic known so far.
        }
        forget(partitions);
        String topicId = state().topicId();
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> offsets.begin(
                generation.number(), partition.partition(), topicId, requireNonNull(beginnings.get(partition))));
        Map<Integer, Position> stored = offsets.of(generation.number());
        for (TopicPartition partition : partitions) {
            Position position = stored.get(partition.partition());
            if (position == null) {
                consumer.pause(Set.of(partition)); // The generation is not fed any more: its consumers end in a moment.
                consumer.seek(partition, requireNonNull(beginnings.get(partition)));
            } else {
                seek(
                        consumer,
                        partition,
                        topicId,
                        position,
                        requireNonNull(beginnings.get(partition)),
                        requireNonNull(ends.get(partition)));
            }
        }
    }

    private void seek(
            Consumer<?, ?> consumer,
            TopicPartition partition,
            String topicId,
            Position stored,
            long beginning,
            long end) {
        String trouble = StoppedPartitions.trouble(topicId, stored, beginning, end);
        if (!trouble.isEmpty()) {
            stop(consumer, partition, topicId, trouble);
            consumer.seek(partition, beginning);
            return;
        }
        reading.put(partition.partition(), new Reading(topicId, stored.nextOffset()));
        consumer.seek(partition, stored.nextOffset());
        consumer.resume(Set.of(partition));
    }

    /** The broker refused these offsets while reading. */
    void stopOutOfRange(Consumer<?, ?> consumer, Map<TopicPartition, Long> refused) {
        refused.forEach((partition, offset) -> {
            Reading its = reading.get(partition.partition());
            String topicId = its == null ? state().topicId() : its.topicId();
            stop(consumer, partition, topicId, "offset " + offset + " is no longer in the topic: rebuild from what is");
        });
        consumer.seekToBeginning(refused.keySet());
    }

    private void stop(Consumer<?, ?> consumer, TopicPartition partition, String topicId, String why) {
        stopped.add(partition.partition(), topicId, why);
        reading.remove(partition.partition());
        consumer.pause(Set.of(partition));
    }
}
