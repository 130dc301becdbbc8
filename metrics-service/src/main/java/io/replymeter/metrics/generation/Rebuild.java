package io.replymeter.metrics.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a generation is in its life cycle.
 *
 * @param reason why it is paused or failed, or what it waits for; null for nothing
 * @param recentError the error that a batch met within the last 30 seconds; null for none
 * @param isOutOfResources whether that error is the database being full, or out of memory or connections
 * @param throttle events a second at most, on all instances together; null for no limit
 * @param verificationTries how often the comparison was put off since it became due
 */
public record Rebuild(
        Generation generation,
        RebuildState state,
        @Nullable String reason,
        @Nullable String recentError,
        boolean isOutOfResources,
        @Nullable Integer throttle,
        boolean acceptTruncatedHistory,
        int verificationTries,
        Times times) {

    /** When it reached each state last, in UTC; null if it never did. {@code removedAt}: when nothing was left of it. */
    public record Times(
            Instant startedAt,
            @Nullable Instant replayedAt,
            @Nullable Instant caughtUpAt,
            @Nullable Instant readyAt,
            @Nullable Instant activatedAt,
            @Nullable Instant retiredAt,
            @Nullable Instant endedAt,
            @Nullable Instant removedAt) {}

    /** The generation's number. */
    public int number() {
        return generation.number();
    }

    /** Only a replay is throttled and yields: afterwards a generation has to keep up with the topic. */
    public boolean isReplay() {
        return state.isReplay();
    }

    public @Nullable Integer activeThrottle() {
        return isReplay() ? throttle : null;
    }
}
