package io.replymeter.metrics.ingest;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.Offsets.Position;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions of a generation that cannot be read on, and why. Thread-safe. */
final class StoppedPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(StoppedPartitions.class);

    private static final String CREATED_ANEW = "the topic was created anew: rebuild from what it holds now";

    /** @param topicId of the topic that was read: the broker may refuse an offset before it tells that there is another */
    private record Stopped(String topicId, String reason) {}

    private final Generation generation;
    private final Topic topic;
    private final Map<Integer, Stopped> stopped = new ConcurrentHashMap<>();

    StoppedPartitions(Generation generation, Topic topic) {
        this.generation = generation;
        this.topic = topic;
    }

    /** Why there is no reading on from {@code stored}, in a topic that begins and ends there; empty if there is. */
    static String trouble(String topicId, Position stored, long beginning, long end) {
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

    void add(int partition, String topicId, String reason) {
        LOG.error("Generation {} stands still in {}-{}: {}", generation.number(), topic.name(), partition, reason);
        stopped.put(partition, new Stopped(topicId, reason));
    }

    void remove(int partition) {
        stopped.remove(partition);
    }

    /** By partition; empty if none stands still. */
    Map<Integer, String> reasons() {
        Map<Integer, String> reasons = new TreeMap<>();
        stopped.forEach(
                (partition, its) -> reasons.put(partition, isRead(its.topicId()) ? its.reason() : CREATED_ANEW));
        return reasons;
    }

    private boolean isRead(String topicId) {
        return topic.state().map(TopicState::topicId).equals(Optional.of(topicId));
    }
}
