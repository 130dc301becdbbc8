package io.replymeter.metrics.ingest;

import static java.util.Objects.requireNonNull;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.Offsets;
import io.replymeter.metrics.log.Offsets.Position;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that this instance reads for one generation: where each one stands, and why if it stands still. A
 * partition whose stored offset the topic no longer holds, or whose topic is another one, is paused until somebody
 * decides; the others go on. Several consumers' threads use it, each for its own partitions.
 */
final class OwnedPartitions {

    private final Generation generation;
    private final Topic topic;
    private final Offsets offsets;

    private final Readings readings = new Readings();
    private final Marks marks;
    private final StoppedPartitions stopped;

    OwnedPartitions(Generation generation, Topic topic, Offsets offsets) {
        this.generation = generation;
        this.topic = topic;
        this.offsets = offsets;
        this.marks = new Marks(generation, readings, offsets);
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
        return readings.topicId(partitions, state().topicId());
    }

    private TopicState state() {
        return topic.state().orElseThrow(() -> new IllegalStateException("the topic was not seen yet"));
    }

    /** By partition, the offset that was read at assignment or written last. */
    Map<Integer, Long> expected() {
        return readings.expected();
    }

    /** A batch was applied up to these offsets. */
    void moveTo(String topicId, Map<Integer, Long> nextOffsets) {
        readings.moveTo(topicId, nextOffsets);
    }

    /** By partition, the offset that must not be passed for now. */
    Map<Integer, Long> stops() {
        return offsets.stops(generation.number());
    }

    /** What of the topic is read here, above 0 and up to 1. */
    double share() {
        return Math.max(1, readings.count())
                / (double) Math.max(1, state().endOffsets().size());
    }

    /**
     * Of these partitions every record below the stop was applied, and the one that follows was seen: what is left before
     * the stop carries none.
     */
    void skipTo(Map<Integer, Long> stops, Collection<Integer> partitions) {
        marks.skipTo(stops, partitions, state().topicId());
    }

    /**
     * Nothing came for a while: no record will tell that the topic is another one, or that a partition was read to its
     * end.
     */
    void checkIdle(Consumer<?, ?> consumer) {
        String topicId = state().topicId();
        List<TopicPartition> ofAnotherTopic = consumer.assignment().stream()
                .filter(partition -> readings.isOfAnother(partition.partition(), topicId))
                .toList();
        if (ofAnotherTopic.isEmpty()) {
            marks.skip(consumer, topicId);
        } else {
            seekToStored(consumer, ofAnotherTopic);
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            readings.forget(partition.partition());
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
        readings.moveTo(topicId, Map.of(partition.partition(), stored.nextOffset()));
        consumer.seek(partition, stored.nextOffset());
        consumer.resume(Set.of(partition));
    }

    /** The broker refused these offsets while reading. */
    void stopOutOfRange(Consumer<?, ?> consumer, Map<TopicPartition, Long> refused) {
        refused.forEach((partition, offset) -> {
            String topicId = readings.topicIdOf(partition.partition()).orElseGet(() -> state().topicId());
            stop(consumer, partition, topicId, "offset " + offset + " is no longer in the topic: rebuild from what is");
        });
        consumer.seekToBeginning(refused.keySet());
    }

    private void stop(Consumer<?, ?> consumer, TopicPartition partition, String topicId, String why) {
        stopped.add(partition.partition(), topicId, why);
        readings.forget(partition.partition());
        consumer.pause(Set.of(partition));
    }
}
