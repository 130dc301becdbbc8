package io.replymeter.metrics.generation;

import static java.util.stream.Collectors.toCollection;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The states of a generation's life cycle. How far it has read the topic is in its offsets, not here. */
public enum RebuildState {
    /** Reads what the topic held when the rebuild began. */
    REPLAYING,
    /** Reads what has come since. */
    CATCHING_UP,
    /** Is being compared with the active generation. */
    VERIFYING,
    /** Was compared and keeps up with the topic: can be switched to. */
    READY,
    /** Readers see it. */
    ACTIVE,
    /** Readers saw it until a switch. It keeps up with the topic: can be rolled back to. */
    RETIRED,
    /** Was retired and is given up; its tables go. */
    DROPPED,
    /** Reads nothing until it is resumed. */
    PAUSED,
    /** Cannot go on, for a reason. */
    FAILED,
    /** Was given up before readers saw it; its tables go. */
    CANCELLED;

    /** What can happen to a generation. */
    public enum Move {
        REPLAYED,
        CATCH_UP,
        COMPARED,
        FAIL,
        VERIFY,
        SWITCH,
        /** Another one was switched to. */
        RETIRE,
        ROLLBACK,
        /** The one switched to was rolled back. */
        REINSTATE,
        PAUSE,
        RESUME,
        CANCEL,
        DROP;

        private static final Set<Move> REQUESTS = EnumSet.of(VERIFY, SWITCH, ROLLBACK, PAUSE, RESUME, CANCEL, DROP);

        /** Whether people ask for it; other moves happen by themselves. */
        boolean isRequest() {
            return REQUESTS.contains(this);
        }
    }

    /** After a pause, a generation starts over at REPLAYING and passes each state at once whose goal is reached already. */
    private static final Map<RebuildState, Map<Move, RebuildState>> MOVES = Map.of(
            REPLAYING,
            Map.of(Move.REPLAYED, CATCHING_UP, Move.FAIL, FAILED, Move.PAUSE, PAUSED, Move.CANCEL, CANCELLED),
            CATCHING_UP,
            Map.of(Move.CATCH_UP, VERIFYING, Move.FAIL, FAILED, Move.PAUSE, PAUSED, Move.CANCEL, CANCELLED),
            VERIFYING,
            Map.of(Move.COMPARED, READY, Move.FAIL, FAILED, Move.PAUSE, PAUSED, Move.CANCEL, CANCELLED),
            READY,
            Map.of(
                    Move.VERIFY,
                    VERIFYING,
                    Move.SWITCH,
                    ACTIVE,
                    Move.FAIL,
                    FAILED,
                    Move.PAUSE,
                    PAUSED,
                    Move.CANCEL,
                    CANCELLED),
            ACTIVE,
            Map.of(Move.RETIRE, RETIRED, Move.ROLLBACK, READY),
            RETIRED,
            Map.of(Move.REINSTATE, ACTIVE, Move.DROP, DROPPED),
            PAUSED,
            Map.of(Move.RESUME, REPLAYING, Move.CANCEL, CANCELLED),
            FAILED,
            Map.of(Move.CANCEL, CANCELLED),
            DROPPED,
            Map.of(),
            CANCELLED,
            Map.of());

    private Map<Move, RebuildState> moves() {
        return MOVES.getOrDefault(this, Map.of());
    }

    /** The state that {@code move} leads to; empty if it is not possible from here. */
    public Optional<RebuildState> after(Move move) {
        return Optional.ofNullable(moves().get(move));
    }

    /** Whether {@code move} leads here from any state: asking for it again changes nothing. */
    public boolean isReachedBy(Move move) {
        return MOVES.values().stream().anyMatch(moves -> moves.get(move) == this);
    }

    /** What people may ask for now. */
    public Set<Move> requests() {
        return moves().keySet().stream()
                .filter(Move::isRequest)
                .collect(toCollection(() -> EnumSet.noneOf(Move.class)));
    }

    /** Whether it is still reading what the topic held when it began, or what came since. */
    boolean isReplay() {
        return this == REPLAYING || this == CATCHING_UP;
    }

    /** Whether the tables are given up. */
    public boolean isOver() {
        return this == DROPPED || this == CANCELLED;
    }

    /** Whether consumers write to its tables. */
    public boolean isFed() {
        return !isOver() && this != PAUSED && this != FAILED;
    }
}
