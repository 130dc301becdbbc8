package io.replymeter.metrics.rebuild;

import io.replymeter.logging.ErrorLog;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.RebuildState.Move;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.PartitionPosition;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes the steps of rebuilds that nobody has to ask for. Every instance tries; the one that gets the lock does it. All
 * that it knows is in the database: when it dies, another instance goes on.
 */
@Component
@ConditionalOnProperty(name = "replymeter.ingest.enabled", matchIfMissing = true)
class Coordinator {

    private static final ErrorLog errors = new ErrorLog(LoggerFactory.getLogger(Coordinator.class));

    private final Rebuilds rebuilds;
    private final Generations generations;
    private final Topic topic;
    private final PartitionOffsets offsets;
    private final ReplayProgress replay;
    private final Verifier verifier;
    private final Teardown teardown;
    private final CoordinatorLock lock;

    Coordinator(
            Rebuilds rebuilds,
            Generations generations,
            Topic topic,
            PartitionOffsets offsets,
            ReplayProgress replay,
            Verifier verifier,
            Teardown teardown,
            CoordinatorLock lock) {
        this.rebuilds = rebuilds;
        this.generations = generations;
        this.topic = topic;
        this.offsets = offsets;
        this.replay = replay;
        this.verifier = verifier;
        this.teardown = teardown;
        this.lock = lock;
    }

    /** Where a rebuild and the live generation stand in the topic, whose state is more recent than the positions. */
    record Positions(Collection<PartitionPosition> rebuilt, Collection<PartitionPosition> live, TopicState topic) {

        /** Why the rebuild cannot go on; empty if it can. */
        Optional<String> obstacle() {
            return obstacle(rebuilt);
        }

        /** Why the live generation cannot go on; empty if it can. */
        Optional<String> obstacleOfLive() {
            return obstacle(live);
        }

        private Optional<String> obstacle(Collection<PartitionPosition> positions) {
            return positions.stream()
                    .flatMap(position -> position.obstacle(topic).stream())
                    .findFirst();
        }

        long lag() {
            return lag(rebuilt);
        }

        long lagOfLive() {
            return lag(live);
        }

        private long lag(Collection<PartitionPosition> positions) {
            return positions.stream().mapToLong(position -> position.lag(topic)).sum();
        }
    }

    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    void coordinate() {
        try {
            if (!rebuilds.unsettled().isEmpty()) {
                lock.runIfFree(this::stepAll);
            }
        } catch (SQLException | RuntimeException e) {
            errors.report("A step of the rebuild failed and is tried again", e);
        }
    }

    private void stepAll() throws SQLException {
        offsets.liftBarriers(); // An earlier coordinator may have died while it held a generation.
        for (Rebuild rebuild : rebuilds.unsettled()) {
            step(rebuild);
        }
    }

    private void step(Rebuild rebuild) throws SQLException {
        if (rebuild.state().isOver()) {
            teardown.remove(rebuild);
            return;
        }
        List<PartitionPosition> rebuilt =
                List.copyOf(offsets.of(rebuild.number()).values());
        List<PartitionPosition> live =
                List.copyOf(offsets.of(generations.active().number()).values());
        Optional<TopicState> asked = topic.askNow();
        if (asked.isEmpty()) {
            rebuilds.noteReason("waits: " + topic.problem().orElse("the topic does not answer"), rebuild);
        } else {
            step(rebuild, new Positions(rebuilt, live, asked.get()));
        }
    }

    private void step(Rebuild rebuild, Positions positions) throws SQLException {
        Optional<String> obstacle = positions.obstacle();
        if (obstacle.isPresent()) {
            rebuilds.move(rebuild.number(), rebuild.state(), Move.FAIL, obstacle.get() + ": cancel and start again");
        } else if (rebuild.isOutOfResources()) {
            rebuilds.move(
                    rebuild.number(),
                    rebuild.state(),
                    Move.PAUSE,
                    "the database is out of resources: make room, then resume. " + rebuild.recentError());
        } else {
            proceed(rebuild, positions);
        }
    }

    private void proceed(Rebuild rebuild, Positions positions) throws SQLException {
        switch (rebuild.state()) {
            case REPLAYING -> replay.replay(rebuild, positions);
            case CATCHING_UP -> replay.catchUp(rebuild, positions);
            case VERIFYING -> verifier.verify(rebuild, positions);
            default -> rebuilds.noteReason(null, rebuild);
        }
    }
}
