package io.replymeter.metrics.rebuild;

import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.rebuild.Progress.Reached;
import io.replymeter.metrics.rebuild.State.Move;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild, as the API tells of it. Times are UTC, null for what has not happened.
 *
 * @param reason why it is paused or failed, what it waits for, or what goes wrong just now
 * @param actions what may be asked for now
 * @param throttle events a second on all instances together; null for as many as can be
 * @param removedAt when nothing was left of it
 * @param progress of the replay; null when nothing is fed
 * @param lag events of the topic that it has not applied; null when nothing is fed
 * @param verificationTries how often the comparison had to be put off, since it was due
 * @param verification the last one
 */
record RebuildView(
        int generation,
        State state,
        @Nullable String reason,
        Set<Move> actions,
        Rules rules,
        @Nullable Integer throttle,
        boolean acceptTruncatedHistory,
        Instant startedAt,
        @Nullable Instant replayedAt,
        @Nullable Instant caughtUpAt,
        @Nullable Instant readyAt,
        @Nullable Instant activatedAt,
        @Nullable Instant retiredAt,
        @Nullable Instant endedAt,
        @Nullable Instant removedAt,
        @Nullable Reached progress,
        @Nullable Long lag,
        int verificationTries,
        @Nullable Verification verification) {

    /** The thresholds of ruleset 1. */
    record Rules(
            Duration answerWithin, Duration horizon, Duration reinquirySilence, int windowDays, int minimumSampleSize) {

        static Rules of(Ruleset ruleset) {
            return new Rules(
                    ruleset.answerWithin(),
                    ruleset.horizon(),
                    ruleset.reinquirySilence(),
                    ruleset.windowDays(),
                    ruleset.minimumSampleSize());
        }
    }

    static RebuildView of(
            Rebuild rebuild,
            Set<Move> actions,
            List<Place> places,
            Progress progress,
            @Nullable Verification verification) {
        var times = rebuild.times();
        boolean isFed = rebuild.state().isFed() && !places.isEmpty();
        return new RebuildView(
                rebuild.generation(),
                rebuild.state(),
                rebuild.reason() == null ? rebuild.trouble() : rebuild.reason(),
                actions,
                Rules.of(rebuild.ruleset()),
                rebuild.throttle(),
                rebuild.acceptTruncatedHistory(),
                times.startedAt(),
                times.replayedAt(),
                times.caughtUpAt(),
                times.readyAt(),
                times.activatedAt(),
                times.retiredAt(),
                times.endedAt(),
                times.removedAt(),
                isFed ? progress.reached(rebuild.generation(), places) : null,
                isFed ? progress.lag(places) : null,
                rebuild.verificationTries(),
                verification);
    }
}
