package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import io.replymeter.metrics.rebuild.State.Move;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes the steps of rebuilds that nobody has to ask for. Every instance tries; the one that holds the lock does, and
 * all that it knows is in the database: when it dies, another goes on.
 */
@Component
@ConditionalOnProperty(name = "replymeter.ingest.enabled", matchIfMissing = true)
class Steering {

    private static final Logger LOG = LoggerFactory.getLogger(Steering.class);

    /** Held by a session, and so gone with it. The number means nothing else. */
    private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(7236103)";

    private static final String UNLOCK = "SELECT pg_advisory_unlock(7236103)";

    private final Rebuilds rebuilds;
    private final Generations generations;
    private final Topic topic;
    private final Places places;
    private final Replay replay;
    private final Verifier verifier;
    private final EqualOffsets equalOffsets;
    private final Removal removal;
    private final DataSource dataSource;

    Steering(
            Rebuilds rebuilds,
            Generations generations,
            Topic topic,
            Places places,
            Replay replay,
            Verifier verifier,
            EqualOffsets equalOffsets,
            Removal removal,
            DataSource dataSource) {
        this.rebuilds = rebuilds;
        this.generations = generations;
        this.topic = topic;
        this.places = places;
        this.replay = replay;
        this.verifier = verifier;
        this.equalOffsets = equalOffsets;
        this.removal = removal;
        this.dataSource = dataSource;
    }

    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    void steer() {
        try {
            if (!rebuilds.unsettled().isEmpty()) {
                steerIfNobodyElseDoes();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("A step of the rebuild failed and is tried again: {}", e.toString());
        }
    }

    private void steerIfNobodyElseDoes() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (!isTrue(statement, TRY_LOCK)) {
                return;
            }
            try {
                equalOffsets.release(); // Whoever steered before may have died while it held somebody.
                for (Rebuild rebuild : rebuilds.unsettled()) {
                    step(rebuild);
                }
            } finally {
                isTrue(statement, UNLOCK);
            }
        }
    }

    private static boolean isTrue(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private void step(Rebuild rebuild) throws SQLException {
        if (rebuild.state().isOver()) {
            removal.remove(rebuild);
            return;
        }
        List<Place> rebuilt = places.of(rebuild.generation());
        List<Place> live = places.of(generations.active().number());
        Optional<TopicState> asked = topic.askNow();
        if (asked.isEmpty()) {
            rebuilds.waitFor("waits: " + topic.problem().orElse("the topic does not answer"), rebuild);
        } else {
            step(rebuild, new Standing(rebuilt, live, asked.get()));
        }
    }

    private void step(Rebuild rebuild, Standing standing) throws SQLException {
        Optional<String> trouble = standing.trouble();
        if (trouble.isPresent()) {
            rebuilds.move(rebuild.generation(), rebuild.state(), Move.FAIL, trouble.get() + ": cancel and start again");
        } else if (rebuild.isOutOfResources()) {
            rebuilds.move(
                    rebuild.generation(),
                    rebuild.state(),
                    Move.PAUSE,
                    "the database is out of resources: make room, then resume. " + rebuild.trouble());
        } else {
            go(rebuild, standing);
        }
    }

    private void go(Rebuild rebuild, Standing standing) throws SQLException {
        switch (rebuild.state()) {
            case REPLAYING -> replay.replay(rebuild, standing);
            case CATCHING_UP -> replay.catchUp(rebuild, standing);
            case VERIFYING -> verifier.verify(rebuild, standing);
            default -> rebuilds.waitFor(null, rebuild);
        }
    }
}
