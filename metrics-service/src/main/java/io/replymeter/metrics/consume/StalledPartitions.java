package io.replymeter.metrics.consume;

import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.PartitionPosition;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The partitions of the live generation that hold records and are not read on, whichever instance should do it: also those
 * that nobody can read, because they lie behind the beginning of an open transaction. Every
 * instance sees them, by the stored offsets and the topic alone. Thread-safe.
 */
@Component
public class StalledPartitions {

    private static final Logger log = LoggerFactory.getLogger(StalledPartitions.class);

    private static final String NO_ERROR =
            "no instance says why: is one consuming, and does it reach broker and database?";

    private static final String OPEN_TRANSACTION =
            "waits for an open transaction of a producer, which ends when that commits, or by its timeout";

    /** Where a partition was found that has more records, and since when, by {@link System#nanoTime}. */
    private record Found(@Nullable String topicId, long nextOffset, long since) {

        boolean isAt(Found other) {
            return nextOffset == other.nextOffset && String.valueOf(topicId).equals(String.valueOf(other.topicId));
        }
    }

    private final Topic topic;
    private final Generations generations;
    private final PartitionOffsets offsets;
    private final Rebuilds rebuilds;
    private final Duration patience;
    private final Map<Integer, Found> behind = new ConcurrentHashMap<>();

    private volatile Map<Integer, String> stalled = Map.of();

    StalledPartitions(
            Topic topic,
            Generations generations,
            PartitionOffsets offsets,
            Rebuilds rebuilds,
            IngestProperties properties) {
        this.topic = topic;
        this.generations = generations;
        this.offsets = offsets;
        this.rebuilds = rebuilds;
        this.patience = properties.stalledAfter();
    }

    /** Where each of them stands, for how long, and why as far as that is known. */
    public Map<Integer, String> reasons() {
        return stalled;
    }

    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    void look() {
        try {
            topic.state().ifPresent(this::look);
        } catch (DataAccessException e) {
            log.debug("What is stalled stays as it is: the offsets could not be read", e);
        }
    }

    private void look(TopicState state) {
        int live = generations.active().number();
        Map<Integer, PartitionPosition> positions = offsets.of(live);
        Map<Integer, String> found = new TreeMap<>();
        state.appendedOffsets().forEach((partition, end) -> {
            PartitionPosition position = positions.get(partition);
            Duration time = timeBehind(partition, position, end, state);
            if (time.compareTo(patience) >= 0) {
                found.put(
                        partition,
                        "at offset %d of %d for %d s: %s"
                                .formatted(
                                        position == null ? 0 : position.nextOffset(),
                                        end,
                                        time.toSeconds(),
                                        reason(partition, position, state, live)));
            }
        });
        stalled = found;
    }

    private Duration timeBehind(int partition, @Nullable PartitionPosition position, long end, TopicState state) {
        boolean isOfThisTopic = position != null && position.topicId().equals(state.topicId());
        long nextOffset = position == null ? 0 : position.nextOffset();
        if (nextOffset == end && (isOfThisTopic || position == null)) {
            behind.remove(partition);
            return Duration.ZERO;
        }
        Found now = new Found(position == null ? null : position.topicId(), nextOffset, System.nanoTime());
        Found since = behind.merge(partition, now, (before, latest) -> before.isAt(latest) ? before : latest);
        return Duration.ofNanos(now.since() - since.since());
    }

    private String reason(int partition, @Nullable PartitionPosition position, TopicState state, int live) {
        long nextOffset = position == null ? 0 : position.nextOffset();
        boolean isReadToTheEnd = nextOffset == state.endOffsets().getOrDefault(partition, -1L);
        return Optional.ofNullable(position)
                .flatMap(known -> known.obstacle(state))
                .or(() -> isReadToTheEnd ? Optional.of(OPEN_TRANSACTION) : Optional.empty())
                .or(() -> rebuilds.find(live).map(Rebuild::recentError))
                .orElse(NO_ERROR);
    }
}
