package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.rebuild.State.Move;
import io.replymeter.metrics.rebuild.Verifications.Found;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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
    private final Verifications verifications;
    private final EqualOffsets equalOffsets;
    private final Comparison comparison;
    private final RebuildProperties properties;
    private final TransactionOperations transactions;
    private final Clock clock;

    Verifier(
            Generations generations,
            Rebuilds rebuilds,
            Verifications verifications,
            EqualOffsets equalOffsets,
            Comparison comparison,
            RebuildProperties properties,
            TransactionOperations transactions,
            Clock clock) {
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.verifications = verifications;
        this.equalOffsets = equalOffsets;
        this.comparison = comparison;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Compares {@code rebuild} with the live generation, or notes why that has to wait. */
    void verify(Rebuild rebuild, Standing standing) throws SQLException {
        if (standing.troubleOfLive().isPresent()) {
            conclude(
                    rebuild,
                    impossible("the live generation stands still, "
                            + standing.troubleOfLive().get()));
            return;
        }
        Generation live = generations.active();
        Optional<Snapshot> reached = equalOffsets.reach(live.number(), rebuild.generation());
        if (reached.isEmpty()) {
            rebuilds.tried("the two generations did not draw level within a second; tried again", rebuild);
            return;
        }
        try (Snapshot snapshot = reached.get()) {
            Generation rebuilt = generations.get(rebuild.generation());
            conclude(rebuild, comparison.compare(snapshot, live, rebuilt, TopicBeginning.of(standing.rebuilt())));
        }
    }

    /** It will not come to the offsets of any other: there is nothing to wait for. */
    private Found impossible(String obstacle) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new Found(
                Verification.impossible(now, properties.verificationValidFor(), obstacle), List.of(), List.of());
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
