package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.comparison.Verification;
import io.replymeter.metrics.comparison.Verifications;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.RebuildState;
import io.replymeter.metrics.generation.RebuildState.Move;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.log.Watermark;
import io.replymeter.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What people ask of a rebuild once it has started. Asking for what is true already changes nothing. Thread-safe. */
@Component
class RebuildRequests {

    private static final Logger log = LoggerFactory.getLogger(RebuildRequests.class);
    private static final Duration MOST_BEHIND = Duration.ofMinutes(1);

    private final Generations generations;
    private final Rebuilds rebuilds;
    private final Verifications verifications;
    private final Watermark watermark;
    private final TransactionOperations transactions;
    private final Clock clock;

    RebuildRequests(
            Generations generations,
            Rebuilds rebuilds,
            Verifications verifications,
            Watermark watermark,
            TransactionOperations transactions,
            Clock clock) {
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.verifications = verifications;
        this.watermark = watermark;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @throws Problem when there never was one of this number */
    Rebuild find(int generation) {
        return rebuilds.find(generation)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND,
                        "unknown-rebuild",
                        "There is no such generation",
                        "No generation has this number: GET /ops/v1/rebuilds lists them."));
    }

    /** What can be asked of it now. */
    Set<Move> possible(Rebuild rebuild) {
        Set<Move> possible = rebuild.state().requests();
        if (possible.contains(Move.ROLLBACK)
                && rebuilds.in(RebuildState.RETIRED).isEmpty()) {
            possible.remove(Move.ROLLBACK);
        }
        return possible;
    }

    /**
     * Pause, resume, verify, cancel or drop.
     *
     * @throws Problem when it is not possible in the generation's state
     */
    void request(int generation, Move move) {
        Rebuild rebuild = find(generation);
        while (!rebuild.state().isReachedBy(move)) {
            refuseIfImpossible(rebuild, move);
            if (rebuilds.move(generation, rebuild.state(), move, null)) {
                log.info("Generation {}: {} while {}", generation, move, rebuild.state());
                return;
            }
            rebuild = find(generation); // It went on by itself in the meantime.
        }
    }

    /**
     * Shows readers {@code generation} from now on.
     *
     * @throws Problem when it is not ready, was not compared lately, or differs and that is not accepted
     */
    void switchTo(int generation, boolean acceptDifferences) {
        Rebuild rebuild = find(generation);
        if (rebuild.state() == RebuildState.ACTIVE) {
            return;
        }
        refuseIfImpossible(rebuild, Move.SWITCH);
        int live = generations.active().number();
        checkVerification(generation, acceptDifferences);
        checkIsCurrent(generation, live);
        swap(rebuild, Move.SWITCH, find(live), Move.RETIRE, generation);
    }

    /** Shows readers the generation that was live before {@code generation} again. */
    void rollBack(int generation) {
        Rebuild rebuild = find(generation);
        if (rebuild.state() == RebuildState.READY && rebuild.times().activatedAt() != null) {
            return;
        }
        refuseIfImpossible(rebuild, Move.ROLLBACK);
        Rebuild before = rebuilds.in(RebuildState.RETIRED).stream()
                .findFirst()
                .orElseThrow(() -> notPossible(rebuild, "no generation before it is left to go back to"));
        swap(before, Move.REINSTATE, rebuild, Move.ROLLBACK, before.number());
    }

    /** The next live generation moves first: there is never a second one beside the active one. */
    private void swap(Rebuild next, Move nextMove, Rebuild present, Move presentMove, int active) {
        transactions.executeWithoutResult(transaction -> {
            move(next, nextMove);
            move(present, presentMove);
            generations.activate(active);
        });
        log.info("Readers see generation {} from now on", active);
    }

    private void checkVerification(int generation, boolean acceptDifferences) {
        Verification verification =
                verifications.find(generation).orElseThrow(() -> tooOld("It was never compared: verify."));
        if (verification.validUntil().isBefore(clock.instant())) {
            throw tooOld("It was compared at " + verification.verifiedAt()
                            + ", too long ago: verify again, then switch.")
                    .with("verifiedAt", verification.verifiedAt());
        }
        if (!verification.isClean() && !acceptDifferences) {
            throw conflict(
                            "differences-not-accepted",
                            "It differs from the live generation",
                            whatDiffers(verification)
                                    + " Look at them, then send acceptDifferences to switch all the same.")
                    .with("providersDifferent", verification.providers().different())
                    .with("differences", verification.differences());
        }
    }

    private static Problem tooOld(String detail) {
        return conflict("verification-too-old", "It was not compared with the live generation lately", detail);
    }

    private static String whatDiffers(Verification verification) {
        return verification.obstacle() != null
                ? "Nothing could be compared: " + verification.obstacle() + "."
                : verification.providers().different() + " providers and " + verification.differences()
                        + " rows differ from the live generation.";
    }

    private void checkIsCurrent(int generation, int live) {
        Map<Integer, Instant> watermarks = watermark.known();
        Instant rebuilt = watermarks.getOrDefault(generation, Instant.MIN);
        Instant ofLive = watermarks.get(live);
        if (ofLive != null && rebuilt.isBefore(ofLive.minus(MOST_BEHIND))) {
            throw conflict(
                    "not-caught-up",
                    "It is behind the live generation",
                    "It is more than a minute behind: wait until its lag is gone.");
        }
    }

    private void refuseIfImpossible(Rebuild rebuild, Move move) {
        if (rebuild.state().after(move).isEmpty()) {
            throw notPossible(rebuild, "possible now: " + possible(rebuild));
        }
    }

    private static Problem notPossible(Rebuild rebuild, String detail) {
        return conflict(
                        "not-possible-now",
                        "Its state does not allow that",
                        "Generation " + rebuild.number() + " is " + rebuild.state() + "; " + detail + ".")
                .with("state", rebuild.state());
    }

    private static Problem conflict(String name, String title, String detail) {
        return new Problem(HttpStatus.CONFLICT, name, title, detail);
    }

    private void move(Rebuild rebuild, Move move) {
        if (!rebuilds.move(rebuild.number(), rebuild.state(), move, null)) {
            throw notPossible(find(rebuild.number()), "it changed while this was asked for: look again");
        }
    }
}
