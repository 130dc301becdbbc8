package io.replymeter.metrics.overview;

import io.replymeter.metrics.consume.StalledPartitions;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.ingest.Quarantine;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.PartitionPosition;
import io.replymeter.metrics.log.Throughput;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import io.replymeter.metrics.overview.IngestOverview.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what the database and the broker know of the ingest. Thread-safe. */
@Component
class Overviews {

    private static final double MILLIS_A_SECOND = 1_000;

    private final Generations generations;
    private final PartitionOffsets offsets;
    private final Topic topic;
    private final Throughput throughput;
    private final StalledPartitions stalled;
    private final Quarantine quarantine;

    Overviews(
            Generations generations,
            PartitionOffsets offsets,
            Topic topic,
            Throughput throughput,
            StalledPartitions stalled,
            Quarantine quarantine) {
        this.generations = generations;
        this.offsets = offsets;
        this.topic = topic;
        this.throughput = throughput;
        this.stalled = stalled;
        this.quarantine = quarantine;
    }

    IngestOverview now() {
        int live = generations.active().number();
        Map<Integer, PartitionPosition> positions = offsets.of(live);
        TopicState state = topic.state().orElse(null);
        List<Partition> partitions = partitions(positions, state);
        return new IngestOverview(
                live,
                topic.name(),
                topic.problem().orElse(null),
                state == null ? List.of() : state.differences(),
                state == null ? null : state.asOf(),
                state == null
                        ? null
                        : (Long) partitions.stream().mapToLong(Partition::lag).sum(),
                largestLag(partitions),
                throughput.eventsPerSecond(live),
                quarantine.counts(),
                partitions);
    }

    private List<Partition> partitions(Map<Integer, PartitionPosition> positions, @Nullable TopicState state) {
        if (state == null) {
            return List.of();
        }
        return state.endOffsets().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(end -> partition(end.getKey(), end.getValue(), positions.get(end.getKey()), state))
                .toList();
    }

    private Partition partition(int number, long end, @Nullable PartitionPosition position, TopicState state) {
        if (position == null) {
            return new Partition(number, 0, end, end, end == 0 ? 0.0 : null, null, problem(number, null, state));
        }
        return new Partition(
                number,
                position.nextOffset(),
                end,
                position.lag(state),
                lagSeconds(position, state),
                position.appliedUntil(),
                problem(number, position, state));
    }

    private static @Nullable Double lagSeconds(PartitionPosition position, TopicState state) {
        if (position.lag(state) == 0) {
            return 0.0;
        }
        if (position.appliedUntil() == null) {
            return null;
        }
        return Math.max(
                0, Duration.between(position.appliedUntil(), state.asOf()).toMillis() / MILLIS_A_SECOND);
    }

    private static @Nullable Double largestLag(List<Partition> partitions) {
        double largest = 0;
        for (Partition partition : partitions) {
            if (partition.lagSeconds() == null) {
                return null;
            }
            largest = Math.max(largest, partition.lagSeconds());
        }
        return partitions.isEmpty() ? null : (Double) largest;
    }

    private @Nullable String problem(int number, @Nullable PartitionPosition position, TopicState state) {
        String stands = stalled.reasons().get(number);
        return position == null ? stands : position.obstacleSeenIn(state).orElse(stands);
    }
}
