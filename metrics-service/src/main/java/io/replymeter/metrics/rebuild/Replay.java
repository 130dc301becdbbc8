package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.LogTime;
import io.replymeter.metrics.log.TopicState;
import io.replymeter.metrics.rebuild.State.Move;
import io.replymeter.metrics.upkeep.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Places places;
    private final LogTime logTime;
    private final Retention retention;
    private final Map<Integer, LocalDate> cleanedUpTo = new ConcurrentHashMap<>();

    Replay(Generations generations, Rebuilds rebuilds, Places places, LogTime logTime, Retention retention) {
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.places = places;
        this.logTime = logTime;
        this.retention = retention;
    }

    void replay(Rebuild rebuild, List<Place> its) {
        cleanUp(rebuild);
        if (its.stream().allMatch(place -> place.next() >= place.until())) {
            rebuilds.move(rebuild.generation(), State.REPLAYING, Move.REPLAYED, null);
        } else {
            rebuilds.waitFor(null, rebuild);
        }
    }

    void catchUp(Rebuild rebuild, List<Place> its, TopicState topic) {
        cleanUp(rebuild);
        int live = generations.active().number();
        List<Place> ofLive = places.of(live);
        boolean liveStandsStill =
                ofLive.stream().anyMatch(place -> Trouble.of(topic, place).isPresent());
        if (!isNearTheEnd(rebuild.generation(), its, topic)) {
            rebuilds.waitFor(null, rebuild);
        } else if (liveStandsStill || isNearTheEnd(live, ofLive, topic)) {
            rebuilds.move(rebuild.generation(), State.CATCHING_UP, Move.CATCH_UP, null);
        } else {
            rebuilds.waitFor(
                    "waits for the live generation, which is " + lag(ofLive, topic) + " events behind the topic",
                    rebuild);
        }
    }

    private boolean isNearTheEnd(int generation, List<Place> its, TopicState topic) {
        Instant recently = topic.asOf().minus(SHORT_TIME);
        return lag(its, topic) <= FEW_EVENTS
                || Optional.ofNullable(logTime.known().get(generation))
                        .filter(recently::isBefore)
                        .isPresent();
    }

    /** How many events of the topic were not applied yet. */
    static long lag(List<Place> its, TopicState topic) {
        return its.stream()
                .mapToLong(place ->
                        Math.max(0, topic.endOffsets().getOrDefault(place.partition(), place.next()) - place.next()))
                .sum();
    }

    /** A replay passes a day in seconds, and would pile up the months that the topic holds. */
    private void cleanUp(Rebuild rebuild) {
        Generation generation = new Generation(rebuild.generation(), rebuild.ruleset());
        Instant time = logTime.known().get(rebuild.generation());
        if (time == null) {
            return;
        }
        LocalDate firstDay = Retention.firstDayKept(generation, time);
        LocalDate before = cleanedUpTo.put(rebuild.generation(), firstDay);
        if (before != null && before.isBefore(firstDay)) {
            retention.cleanUp(generation, time);
        }
    }
}
