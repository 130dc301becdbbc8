package io.replymeter.metrics.rebuild;

import io.replymeter.measurement.Ruleset;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A generation's life, as it is stored.
 *
 * @param reason why it is paused or failed, or what it waits for
 * @param trouble why consumers could not apply a batch, within the last half a minute
 * @param isOutOfResources whether that is the database being full, or out of memory or connections
 * @param throttle events a second, on all instances together; null for as many as can be
 * @param verificationTries how often equal offsets were not reached in time, since the comparison began
 */
record Rebuild(
        int generation,
        Ruleset ruleset,
        State state,
        @Nullable String reason,
        @Nullable String trouble,
        boolean isOutOfResources,
        @Nullable Integer throttle,
        boolean acceptTruncatedHistory,
        int verificationTries,
        Times times) {

    /** When it came to each state last; null if it never did. */
    record Times(
            Instant startedAt,
            @Nullable Instant replayedAt,
            @Nullable Instant caughtUpAt,
            @Nullable Instant readyAt,
            @Nullable Instant activatedAt,
            @Nullable Instant retiredAt,
            @Nullable Instant endedAt,
            @Nullable Instant removedAt) {}
}
