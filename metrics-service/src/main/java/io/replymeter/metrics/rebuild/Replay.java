package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.LogTime;
import io.replymeter.metrics.rebuild.State.Move;
import io.replymeter.metrics.upkeep.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Watches a generation read the topic, up to the step to VERIFYING. Thread-safe. */
@Component
class Replay {

    /** Close enough for a comparison: it follows the live generation from there. */
    private static final long FEW_EVENTS = 1_000;

    private static final Duration SHORT_TIME = Duration.ofSeconds(10);

    private final Generations generations;
    private final Rebuilds rebuilds;
    private final LogTime logTime;
    private final Retention retention;
    private final Map<Integer, LocalDate> cleanedUpTo = new ConcurrentHashMap<>();

    Replay(Generations generations, Rebuilds rebuilds, LogTime logTime, Retention retention) {
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.logTime = logTime;
        this.retention = retention;
    }

    void replay(Rebuild rebuild, Standing standing) {
        cleanUp(rebuild);
        if (standing.rebuilt().stream().allMatch(place -> place.next() >= place.until())) {
            rebuilds.move(rebuild.generation(), State.REPLAYING, Move.REPLAYED, null);
        } else {
            rebuilds.waitFor(null, rebuild);
        }
    }

    void catchUp(Rebuild rebuild, Standing standing) {
        cleanUp(rebuild);
        Instant recently = standing.topic().asOf().minus(SHORT_TIME);
        int live = generations.active().number();
        if (!isNearTheEnd(standing.lag(), rebuild.generation(), recently)) {
            rebuilds.waitFor(null, rebuild);
        } else if (isNearTheEnd(standing.lagOfLive(), live, recently)
                || standing.troubleOfLive().isPresent()) {
            rebuilds.move(rebuild.generation(), State.CATCHING_UP, Move.CATCH_UP, null);
        } else {
            rebuilds.waitFor(
                    "waits for the live generation, which is " + standing.lagOfLive() + " events behind the topic",
                    rebuild);
        }
    }

    private boolean isNearTheEnd(long lag, int generation, Instant recently) {
        Instant time = logTime.known().get(generation);
        return lag <= FEW_EVENTS || time != null && time.isAfter(recently);
    }

    /** A replay passes a day in seconds, and would pile up the months that the topic holds. */
    private void cleanUp(Rebuild rebuild) {
        Generation generation = generations.get(rebuild.generation());
        Instant time = logTime.known().get(rebuild.generation());
        if (time == null) {
            return;
        }
        LocalDate firstDay = Retention.firstDayKept(generation.ruleset(), time);
        LocalDate before = cleanedUpTo.put(rebuild.generation(), firstDay);
        if (before != null && before.isBefore(firstDay)) {
            retention.cleanUp(generation, time);
        }
    }
}
