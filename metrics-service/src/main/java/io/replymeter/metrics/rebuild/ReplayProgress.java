package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.RebuildState;
import io.replymeter.metrics.generation.RebuildState.Move;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.log.Watermark;
import io.replymeter.metrics.pace.ReplayPace;
import io.replymeter.metrics.rebuild.Coordinator.Positions;
import io.replymeter.metrics.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Watches a generation read the topic, until it can be compared with the live one. Thread-safe. */
@Component
class ReplayProgress {

    /** A lag that is small enough for a comparison. */
    private static final long FEW_EVENTS = 1_000;

    private static final Duration SHORT_TIME = Duration.ofSeconds(10);

    private static final String YIELDS = "yields to readers or to the live generation";

    private final Generations generations;
    private final Rebuilds rebuilds;
    private final Watermark watermark;
    private final Retention retention;
    private final ReplayPace pace;
    private final Map<Integer, LocalDate> cleanedUpTo = new ConcurrentHashMap<>();

    ReplayProgress(
            Generations generations, Rebuilds rebuilds, Watermark watermark, Retention retention, ReplayPace pace) {
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.watermark = watermark;
        this.retention = retention;
        this.pace = pace;
    }

    void replay(Rebuild rebuild, Positions positions) {
        cleanUp(rebuild);
        if (positions.rebuilt().stream().allMatch(position -> position.nextOffset() >= position.replayUntil())) {
            rebuilds.move(rebuild.number(), RebuildState.REPLAYING, Move.REPLAYED, null);
        } else {
            rebuilds.noteReason(pace.now().yields() ? YIELDS : null, rebuild);
        }
    }

    void catchUp(Rebuild rebuild, Positions positions) {
        cleanUp(rebuild);
        Instant recently = positions.topic().asOf().minus(SHORT_TIME);
        int live = generations.active().number();
        if (!isNearTheEnd(positions.lag(), rebuild.number(), recently)) {
            rebuilds.noteReason(pace.now().yields() ? YIELDS : null, rebuild);
        } else if (isNearTheEnd(positions.lagOfLive(), live, recently)
                || positions.obstacleOfLive().isPresent()) {
            rebuilds.move(rebuild.number(), RebuildState.CATCHING_UP, Move.CATCH_UP, null);
        } else {
            rebuilds.noteReason(
                    "waits for the live generation, which is " + positions.lagOfLive() + " events behind the topic",
                    rebuild);
        }
    }

    private boolean isNearTheEnd(long lag, int generation, Instant recently) {
        Instant time = watermark.known().get(generation);
        return lag <= FEW_EVENTS || time != null && time.isAfter(recently);
    }

    /** A replay passes a day of the topic in seconds: without a clean-up, it would collect months of facts. */
    private void cleanUp(Rebuild rebuild) {
        Generation generation = rebuild.generation();
        Instant time = watermark.known().get(rebuild.number());
        if (time == null) {
            return;
        }
        LocalDate firstDay = Retention.firstDayKept(generation.ruleset(), time);
        LocalDate before = cleanedUpTo.put(rebuild.number(), firstDay);
        if (before != null && before.isBefore(firstDay)) {
            retention.cleanUp(generation, time);
        }
    }
}
