package io.replymeter.metrics.consume;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.replymeter.metrics.consume.PartitionState.Reading;
import io.replymeter.metrics.consume.PartitionState.Stopped;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.BarrierAhead;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.PartitionOffsets.Step;
import io.replymeter.metrics.log.PartitionPosition;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The partitions that this instance is assigned for one generation, each with its state. A partition is paused until
 * somebody decides, while the others go on, if the topic was recreated or no longer holds the stored offset. Used by
 * several consumer threads, each for its own partitions.
 */
final class AssignedPartitions {

    private static final Logger log = LoggerFactory.getLogger(AssignedPartitions.class);

    private static final String RECREATED = "the topic was recreated";
    private static final String ADVICE = ": rebuild from what the topic holds now";

    private final Generation generation;
    private final Topic topic;
    private final PartitionOffsets offsets;
    private final TransactionOperations transactions;
    private final Map<Integer, PartitionState> states = new ConcurrentHashMap<>();

    AssignedPartitions(
            Generation generation, Topic topic, PartitionOffsets offsets, TransactionOperations transactions) {
        this.generation = generation;
        this.topic = topic;
        this.offsets = offsets;
        this.transactions = transactions;
    }

    /** Why partitions are stopped, by partition; empty if none is. */
    Map<Integer, String> stopped() {
        Map<Integer, String> reasons = new TreeMap<>();
        states.forEach((partition, state) -> {
            if (state instanceof Stopped stopped) {
                reasons.put(partition, (isCurrent(stopped.topicId()) ? stopped.reason() : RECREATED) + ADVICE);
            }
        });
        return reasons;
    }

    /** The broker may refuse an offset before it tells that the topic is another one. */
    private boolean isCurrent(String topicId) {
        return topic.state().map(TopicState::topicId).equals(Optional.of(topicId));
    }

    /**
     * The id of the topic that these partitions were read from.
     *
     * @throws TopicRecreated when one of them was read from another topic than the present one
     */
    String topicId(Collection<Integer> partitions) {
        String current = state().topicId();
        for (int partition : partitions) {
            if (!(states.get(partition) instanceof Reading reading
                    && reading.topicId().equals(current))) {
                throw new TopicRecreated(partition);
            }
        }
        return current;
    }

    private TopicState state() {
        return topic.state().orElseThrow(() -> new IllegalStateException("The topic was not seen yet"));
    }

    /** Records were read from a topic that exists no more: they must have no effect. */
    static final class TopicRecreated extends RuntimeException {
        TopicRecreated(int partition) {
            super("Partition " + partition + " was read before the topic was recreated");
        }
    }

    /** By partition that is being read, the offset that was read at assignment or written last. */
    Map<Integer, Long> nextOffsets() {
        Map<Integer, Long> next = new HashMap<>();
        states.forEach((partition, state) -> {
            if (state instanceof Reading reading) {
                next.put(partition, reading.nextOffset());
            }
        });
        return next;
    }

    /** Notes that a batch was applied up to these offsets. */
    void advance(String topicId, Map<Integer, Long> nextOffsets) {
        nextOffsets.forEach((partition, offset) -> states.put(partition, new Reading(topicId, offset)));
    }

    /** By partition, the offset that must not be passed for now. */
    Map<Integer, Long> barriers() {
        return offsets.barriers(generation.number());
    }

    /** Which part of the topic is read here, above 0 and up to 1. */
    double share() {
        return Math.max(1, nextOffsets().size())
                / (double) Math.max(1, state().endOffsets().size());
    }

    /**
     * Moves the stored offsets of {@code partitions} to their barriers: every record below was applied and the next one was
     * seen, so only transaction markers lie between.
     */
    void skipMarkersUpTo(Map<Integer, Long> barriers, Collection<Integer> partitions) {
        Map<Integer, Long> passed = new HashMap<>(barriers);
        passed.keySet().retainAll(partitions);
        skipMarkers(passed);
    }

    /**
     * Called when no record has come for a while: none would tell that the topic was recreated, or that only transaction
     * markers are left before the end of a partition.
     */
    void checkIdle(Consumer<?, ?> consumer) {
        List<TopicPartition> ofAnotherTopic = consumer.assignment().stream()
                .filter(partition ->
                        states.get(partition.partition()) instanceof Reading reading && !isCurrent(reading.topicId()))
                .toList();
        if (!ofAnotherTopic.isEmpty()) {
            seekToStored(consumer, ofAnotherTopic);
            return;
        }
        Map<Integer, Long> positions = consumer.assignment().stream()
                .filter(partition -> states.get(partition.partition()) instanceof Reading)
                .collect(toMap(TopicPartition::partition, consumer::position));
        try {
            skipMarkers(positions);
        } catch (BarrierAhead ahead) {
            positions.replaceAll((partition, position) ->
                    Math.min(position, ahead.barriers().getOrDefault(partition, Long.MAX_VALUE)));
            skipMarkers(positions);
        }
    }

    private void skipMarkers(Map<Integer, Long> positions) {
        Map<Integer, Long> stored = nextOffsets();
        Map<Integer, Long> passed = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        positions.forEach((partition, next) -> {
            Long before = stored.get(partition);
            if (before != null && next > before) {
                passed.put(partition, next);
                steps.add(new Step(partition, before, next, null));
            }
        });
        if (!steps.isEmpty()) {
            String topicId = topicId(passed.keySet());
            offsets.advance(generation.number(), topicId, steps);
            advance(topicId, passed);
        }
    }

    /** Forgets partitions that are no longer assigned. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> states.remove(partition.partition()));
    }

    /** Starts reading at the offsets that the database holds, regardless of what was remembered. */
    void seekToStored(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return; // A rebalance without new partitions: the others are read from the topic known so far.
        }
        forget(partitions);
        String topicId = state().topicId();
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<Integer, Long> firstOffsets = new HashMap<>();
        beginnings.forEach((partition, offset) -> firstOffsets.put(partition.partition(), offset));
        transactions.executeWithoutResult(
                transaction -> offsets.beginMissing(generation.number(), topicId, firstOffsets));
        Map<Integer, PartitionPosition> stored = offsets.of(generation.number());
        for (TopicPartition partition : partitions) {
            seek(
                    consumer,
                    partition,
                    topicId,
                    stored.get(partition.partition()),
                    requireNonNull(beginnings.get(partition)),
                    requireNonNull(ends.get(partition)));
        }
    }

    private void seek(
            Consumer<?, ?> consumer,
            TopicPartition partition,
            String topicId,
            @Nullable PartitionPosition stored,
            long beginning,
            long end) {
        if (stored == null) {
            consumer.pause(Set.of(partition)); // The generation is no longer fed: its consumers end in a moment.
            consumer.seek(partition, beginning);
            return;
        }
        Optional<String> obstacle = stored.obstacle(topicId, beginning, end);
        if (obstacle.isPresent()) {
            stop(consumer, partition, topicId, obstacle.get());
            consumer.seek(partition, beginning);
            return;
        }
        states.put(partition.partition(), new Reading(topicId, stored.nextOffset()));
        consumer.seek(partition, stored.nextOffset());
        consumer.resume(Set.of(partition));
    }

    /** Stops partitions whose offset the broker refused while they were read. */
    void stopOutOfRange(Consumer<?, ?> consumer, Map<TopicPartition, Long> refused) {
        refused.forEach((partition, offset) -> {
            PartitionState state = states.get(partition.partition());
            String topicId = state == null ? state().topicId() : state.topicId();
            stop(consumer, partition, topicId, "offset " + offset + " is no longer in the topic");
        });
        consumer.seekToBeginning(refused.keySet());
    }

    private void stop(Consumer<?, ?> consumer, TopicPartition partition, String topicId, String reason) {
        log.error("Generation {} stopped reading {}: {}{}", generation.number(), partition, reason, ADVICE);
        states.put(partition.partition(), new Stopped(topicId, reason));
        consumer.pause(Set.of(partition));
    }
}
