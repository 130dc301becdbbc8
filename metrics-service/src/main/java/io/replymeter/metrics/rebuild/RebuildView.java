package io.replymeter.metrics.rebuild;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.comparison.Verification;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.Rebuild.Times;
import io.replymeter.metrics.generation.RebuildState;
import io.replymeter.metrics.generation.RebuildState.Move;
import io.replymeter.metrics.log.PartitionPosition;
import io.replymeter.metrics.log.Throughput;
import io.replymeter.metrics.log.Throughput.Reached;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild, as the API shows it. Times are UTC, null for what has not happened.
 *
 * @param reason why it is paused or failed, what it waits for, or which error it met just now
 * @param actions what may be asked for now
 * @param throttle events a second on all instances together; null for no limit
 * @param progress of the replay; null when nothing is fed
 * @param lag events of the topic that it has not applied; null when nothing is fed
 * @param verificationTries how often the comparison had to be put off, since it became due
 * @param verification the last one
 */
record RebuildView(
        int generation,
        RebuildState state,
        @Nullable String reason,
        Set<Move> actions,
        Ruleset rules,
        @Nullable Integer throttle,
        boolean acceptTruncatedHistory,
        @JsonUnwrapped Times times,
        @Nullable Reached progress,
        @Nullable Long lag,
        int verificationTries,
        @Nullable Verification verification) {

    static RebuildView of(
            Rebuild rebuild,
            Set<Move> actions,
            Collection<PartitionPosition> positions,
            Throughput throughput,
            @Nullable Verification verification) {
        boolean isFed = rebuild.state().isFed() && !positions.isEmpty();
        return new RebuildView(
                rebuild.number(),
                rebuild.state(),
                rebuild.reason() == null ? rebuild.recentError() : rebuild.reason(),
                actions,
                rebuild.generation().ruleset(),
                rebuild.throttle(),
                rebuild.acceptTruncatedHistory(),
                rebuild.times(),
                isFed ? throughput.reached(rebuild.number(), positions) : null,
                isFed ? throughput.lag(positions) : null,
                rebuild.verificationTries(),
                verification);
    }
}
