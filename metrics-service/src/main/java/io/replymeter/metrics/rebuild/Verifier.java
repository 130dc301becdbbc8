package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.comparison.Comparison;
import io.replymeter.metrics.comparison.OffsetAlignment;
import io.replymeter.metrics.comparison.Snapshot;
import io.replymeter.metrics.comparison.TopicBeginning;
import io.replymeter.metrics.comparison.Verification;
import io.replymeter.metrics.comparison.Verifications;
import io.replymeter.metrics.comparison.Verifications.ComparisonResult;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.RebuildState;
import io.replymeter.metrics.generation.RebuildState.Move;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.rebuild.Coordinator.Positions;
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

    private static final Logger log = LoggerFactory.getLogger(Verifier.class);

    private final Generations generations;
    private final Rebuilds rebuilds;
    private final Verifications verifications;
    private final OffsetAlignment alignment;
    private final Comparison comparison;
    private final RebuildProperties properties;
    private final TransactionOperations transactions;
    private final Clock clock;

    Verifier(
            Generations generations,
            Rebuilds rebuilds,
            Verifications verifications,
            OffsetAlignment alignment,
            Comparison comparison,
            RebuildProperties properties,
            TransactionOperations transactions,
            Clock clock) {
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.verifications = verifications;
        this.alignment = alignment;
        this.comparison = comparison;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Compares {@code rebuild} with the live generation, or notes why that has to wait. */
    void verify(Rebuild rebuild, Positions positions) throws SQLException {
        if (positions.obstacleOfLive().isPresent()) {
            conclude(
                    rebuild,
                    impossible("the live generation cannot be read on, "
                            + positions.obstacleOfLive().get()));
            return;
        }
        Generation live = generations.active();
        Optional<Snapshot> reached = alignment.align(live.number(), rebuild.number());
        if (reached.isEmpty()) {
            rebuilds.noteVerificationTry("the two generations were not aligned within a second, trying again", rebuild);
            return;
        }
        try (Snapshot snapshot = reached.get()) {
            TopicBeginning beginning = TopicBeginning.of(positions.rebuilt());
            conclude(
                    rebuild,
                    comparison.compare(
                            snapshot, live, rebuild.generation(), beginning, properties.verificationValidFor()));
        }
    }

    /** The live generation will never reach the offsets of another one: there is nothing to wait for. */
    private ComparisonResult impossible(String obstacle) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new ComparisonResult(
                Verification.impossible(now, properties.verificationValidFor(), obstacle), List.of(), List.of());
    }

    /** The result counts only if nobody has asked for anything else meanwhile. */
    private void conclude(Rebuild rebuild, ComparisonResult found) {
        transactions.executeWithoutResult(transaction -> {
            if (rebuilds.move(rebuild.number(), RebuildState.VERIFYING, Move.COMPARED, null)) {
                verifications.save(rebuild.number(), found);
                log.info("Generation {} was compared with the live one: {}", rebuild.number(), found.report());
            }
        });
    }
}
