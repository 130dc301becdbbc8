package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.TopicState;
import io.replymeter.metrics.rebuild.State.Move;
import io.replymeter.metrics.rebuild.Verifications.Found;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Takes the step from VERIFYING to READY. Thread-safe. */
@Component
class Verifier {

    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

    private final Generations generations;
    private final Rebuilds rebuilds;
    private final Places places;
    private final Verifications verifications;
    private final EqualOffsets equalOffsets;
    private final Comparison comparison;
    private final RebuildProperties properties;
    private final TransactionOperations transactions;
    private final Clock clock;

    Verifier(
            Generations generations,
            Rebuilds rebuilds,
            Places places,
            Verifications verifications,
            EqualOffsets equalOffsets,
            Comparison comparison,
            RebuildProperties properties,
            TransactionOperations transactions,
            Clock clock) {
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.places = places;
        this.verifications = verifications;
        this.equalOffsets = equalOffsets;
        this.comparison = comparison;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Compares {@code rebuild} with the live generation, or notes why that has to wait. */
    void verify(Rebuild rebuild, TopicState topic) throws SQLException {
        Generation live = generations.active();
        List<Place> places = this.places.of(rebuild.generation());
        Optional<String> obstacle = obstacle(topic, this.places.of(live.number()));
        if (obstacle.isPresent()) {
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            var impossible = Verification.impossible(now, properties.verificationValidFor(), obstacle.get());
            conclude(rebuild, new Found(impossible, List.of(), List.of()));
            return;
        }
        Optional<Snapshot> reached = equalOffsets.reach(live.number(), rebuild.generation());
        if (reached.isEmpty()) {
            rebuilds.tried("the two generations did not draw level within a second; tried again", rebuild);
            return;
        }
        try (Snapshot snapshot = reached.get()) {
            Generation rebuilt = generations.get(rebuild.generation());
            conclude(rebuild, comparison.compare(snapshot, live, rebuilt, TopicBeginning.of(places)));
        }
    }

    /** Why the live generation will not come to the offsets of any other, so that there is nothing to wait for. */
    private static Optional<String> obstacle(TopicState topic, List<Place> live) {
        Map<Integer, Place> byPartition = live.stream().collect(Collectors.toMap(Place::partition, place -> place));
        for (Place place : byPartition.values()) {
            Optional<String> trouble = Trouble.of(topic, place);
            if (trouble.isPresent()) {
                return trouble.map(why -> "the live generation stands still, " + why);
            }
        }
        return Optional.empty();
    }

    /** The comparison counts only if nobody has asked for anything else meanwhile. */
    private void conclude(Rebuild rebuild, Found found) {
        transactions.executeWithoutResult(transaction -> {
            if (rebuilds.move(rebuild.generation(), State.VERIFYING, Move.COMPARED, null)) {
                verifications.save(rebuild.generation(), found);
                LOG.info("Generation {} was compared with the live one: {}", rebuild.generation(), found.report());
            }
        });
    }
}
