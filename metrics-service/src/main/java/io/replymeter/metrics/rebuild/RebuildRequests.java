package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.LogTime;
import io.replymeter.metrics.problem.Problems.Conflict;
import io.replymeter.metrics.problem.Problems.NotFound;
import io.replymeter.metrics.rebuild.State.Move;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What people ask of a rebuild that has begun. Whoever asks again for what is so already changes nothing. Thread-safe. */
@Component
class RebuildRequests {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildRequests.class);
    private static final Duration MOST_BEHIND = Duration.ofMinutes(1);

    private final Generations generations;
    private final Rebuilds rebuilds;
    private final Verifications verifications;
    private final LogTime logTime;
    private final TransactionOperations transactions;
    private final Clock clock;

    RebuildRequests(
            Generations generations,
            Rebuilds rebuilds,
            Verifications verifications,
            LogTime logTime,
            TransactionOperations transactions,
            Clock clock) {
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.verifications = verifications;
        this.logTime = logTime;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @throws NotFound when there never was one of this number */
    Rebuild find(int generation) {
        return rebuilds.find(generation)
                .orElseThrow(() -> new NotFound(
                        "unknown-rebuild", "No generation has this number: GET /ops/v1/rebuilds lists them."));
    }

    /** What may be asked of it now. */
    Set<Move> possible(Rebuild rebuild) {
        Set<Move> possible = rebuild.state().requests();
        if (possible.contains(Move.ROLLBACK) && rebuilds.in(State.RETIRED).isEmpty()) {
            possible.remove(Move.ROLLBACK);
        }
        return possible;
    }

    /**
     * Pause, resume, verify, cancel or drop.
     *
     * @throws Conflict when it is not possible in the generation's state
     */
    void request(int generation, Move move) {
        Rebuild rebuild = find(generation);
        while (!rebuild.state().isReachedBy(move)) {
            refuseIfImpossible(rebuild, move);
            if (rebuilds.move(generation, rebuild.state(), move, null)) {
                LOG.info("Generation {}: {} while {}", generation, move, rebuild.state());
                return;
            }
            rebuild = find(generation); // It went on by itself in the meantime.
        }
    }

    /**
     * Shows readers {@code generation} from now on.
     *
     * @throws Conflict when it is not ready, was not compared lately, or differs and that is not accepted
     */
    void switchTo(int generation, boolean acceptDifferences) {
        Rebuild rebuild = find(generation);
        if (rebuild.state() == State.ACTIVE) {
            return;
        }
        refuseIfImpossible(rebuild, Move.SWITCH);
        int live = generations.active().number();
        checkVerification(generation, acceptDifferences);
        checkIsCurrent(generation, live);
        swap(rebuild, Move.SWITCH, find(live), Move.RETIRE, generation);
    }

    /** Shows readers the generation again that they saw before {@code generation}. */
    void rollBack(int generation) {
        Rebuild rebuild = find(generation);
        if (rebuild.state() == State.READY && rebuild.times().activatedAt() != null) {
            return;
        }
        refuseIfImpossible(rebuild, Move.ROLLBACK);
        Rebuild before = rebuilds.in(State.RETIRED).stream()
                .findFirst()
                .orElseThrow(() -> notPossible(rebuild, "no generation before it is left to go back to"));
        swap(before, Move.REINSTATE, rebuild, Move.ROLLBACK, before.generation());
    }

    /** The one that readers see next moves first: there is never a second one beside the active. */
    private void swap(Rebuild next, Move nextMove, Rebuild present, Move presentMove, int active) {
        transactions.executeWithoutResult(transaction -> {
            move(next, nextMove);
            move(present, presentMove);
            generations.activate(active);
        });
        LOG.info("Readers see generation {} from now on", active);
    }

    private void checkVerification(int generation, boolean acceptDifferences) {
        Verification verification = verifications
                .find(generation)
                .orElseThrow(() -> new Conflict("verification-too-old", "It was never compared: verify.", Map.of()));
        if (verification.validUntil().isBefore(clock.instant())) {
            throw new Conflict(
                    "verification-too-old",
                    "It was compared at " + verification.verifiedAt() + ", too long ago: verify again, then switch.",
                    Map.of("verifiedAt", verification.verifiedAt()));
        }
        if (!verification.isClean() && !acceptDifferences) {
            throw new Conflict(
                    "differences-not-accepted",
                    whatDiffers(verification) + " Look at them, then send acceptDifferences to switch all the same.",
                    Map.of(
                            "providersDifferent", verification.providers().different(),
                            "differences", verification.differences()));
        }
    }

    private static String whatDiffers(Verification verification) {
        return verification.obstacle() != null
                ? "Nothing could be compared: " + verification.obstacle() + "."
                : verification.providers().different() + " providers and " + verification.differences()
                        + " rows differ from the live generation.";
    }

    private void checkIsCurrent(int generation, int live) {
        Map<Integer, Instant> times = logTime.known();
        Instant its = times.getOrDefault(generation, Instant.MIN);
        Instant ofLive = times.get(live);
        if (ofLive != null && its.isBefore(ofLive.minus(MOST_BEHIND))) {
            throw new Conflict(
                    "not-caught-up",
                    "It is more than a minute behind the live generation: wait until its lag is gone.",
                    Map.of());
        }
    }

    private void refuseIfImpossible(Rebuild rebuild, Move move) {
        if (rebuild.state().after(move).isEmpty()) {
            throw notPossible(rebuild, "possible now: " + possible(rebuild));
        }
    }

    private static Conflict notPossible(Rebuild rebuild, String detail) {
        return new Conflict(
                "not-possible-now",
                "Generation " + rebuild.generation() + " is " + rebuild.state() + "; " + detail + ".",
                Map.of("state", rebuild.state()));
    }

    private void move(Rebuild rebuild, Move move) {
        if (!rebuilds.move(rebuild.generation(), rebuild.state(), move, null)) {
            throw notPossible(find(rebuild.generation()), "it changed while this was asked for: look again");
        }
    }
}
