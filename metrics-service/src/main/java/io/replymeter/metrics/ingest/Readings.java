package io.replymeter.metrics.ingest;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What consumers remember between batches: of each partition that they read, of which topic it is and how far. Thread-safe. */
final class Readings {

    /** @param nextOffset what was read at assignment or written last */
    private record Reading(String topicId, long nextOffset) {}

    private final Map<Integer, Reading> readings = new ConcurrentHashMap<>();

    /**
     * {@code topicId}, if all of {@code partitions} are read and of that topic.
     *
     * @throws IllegalStateException if one is not
     */
    String topicId(Collection<Integer> partitions, String topicId) {
        for (int partition : partitions) {
            if (!topicIdOf(partition).equals(Optional.of(topicId))) {
                throw new IllegalStateException("partition " + partition + " is not read of the topic there is now");
            }
        }
        return topicId;
    }

    /** Empty if it is not read. */
    Optional<String> topicIdOf(int partition) {
        return Optional.ofNullable(readings.get(partition)).map(Reading::topicId);
    }

    /** Whether it is read, and of another topic. */
    boolean isOfAnother(int partition, String topicId) {
        return topicIdOf(partition).filter(its -> !its.equals(topicId)).isPresent();
    }

    /** By partition, the offset that was read at assignment or written last. */
    Map<Integer, Long> expected() {
        Map<Integer, Long> expected = new HashMap<>();
        readings.forEach((partition, its) -> expected.put(partition, its.nextOffset()));
        return expected;
    }

    void moveTo(String topicId, Map<Integer, Long> nextOffsets) {
        nextOffsets.forEach((partition, offset) -> readings.put(partition, new Reading(topicId, offset)));
    }

    void forget(int partition) {
        readings.remove(partition);
    }

    int count() {
        return readings.size();
    }
}
