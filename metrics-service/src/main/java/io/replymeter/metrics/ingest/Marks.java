package io.replymeter.metrics.ingest;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.Offsets;
import io.replymeter.metrics.log.Offsets.Step;
import io.replymeter.metrics.log.Offsets.StopAhead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Moves the stored offsets past what carries no record: the marks that a transactional producer leaves. Otherwise a
 * partition would never seem to be read to its end.
 */
final class Marks {

    private final Generation generation;
    private final Readings readings;
    private final Offsets offsets;

    Marks(Generation generation, Readings readings, Offsets offsets) {
        this.generation = generation;
        this.readings = readings;
        this.offsets = offsets;
    }

    /** Nothing came for a while: what lies between the stored offsets and where the consumer stands are marks. */
    void skip(Consumer<?, ?> consumer, String topicId) {
        Map<Integer, Long> positions = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            if (readings.topicIdOf(partition.partition()).isPresent()) {
                positions.put(partition.partition(), consumer.position(partition));
            }
        }
        try {
            skipTo(positions, topicId);
        } catch (StopAhead ahead) {
            positions.replaceAll(
                    (partition, position) -> Math.min(position, ahead.stops().getOrDefault(partition, Long.MAX_VALUE)));
            skipTo(positions, topicId);
        }
    }

    /**
     * Of these partitions every record below the stop was applied, and the one that follows was seen: what is left before
     * the stop carries none.
     */
    void skipTo(Map<Integer, Long> stops, Collection<Integer> partitions, String topicId) {
        Map<Integer, Long> passed = new HashMap<>(stops);
        passed.keySet().retainAll(partitions);
        skipTo(passed, topicId);
    }

    private void skipTo(Map<Integer, Long> positions, String topicId) {
        Map<Integer, Long> expected = readings.expected();
        Map<Integer, Long> passed = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        positions.forEach((partition, next) -> {
            Long before = expected.get(partition);
            if (before != null && next > before) {
                passed.put(partition, next);
                steps.add(new Step(partition, before, next, null));
            }
        });
        if (!steps.isEmpty()) {
            readings.topicId(passed.keySet(), topicId);
            offsets.advance(generation.number(), topicId, steps);
            readings.moveTo(topicId, passed);
        }
    }
}
