package io.replymeter.metrics.log;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The watermark of each generation: the append time up to which every partition has been applied. A partition without lag
 * counts with the moment at which its end was asked for, unless a transaction is open there: its records were appended
 * earlier, and nobody can read them yet. A watermark is never later than what a reader sees.
 * Thread-safe.
 */
@Component
public class Watermark {

    /** How far the clocks of this machine and of the broker may differ, where that matters. */
    public static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(Watermark.class);

    private final Topic topic;
    private final PartitionOffsets offsets;
    private volatile Map<Integer, Instant> known = Map.of();

    Watermark(Topic topic, PartitionOffsets offsets) {
        this.topic = topic;
        this.offsets = offsets;
    }

    /** The watermark of each generation that has applied records of every partition; some seconds old at most. */
    public Map<Integer, Instant> known() {
        return known;
    }

    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    void update() {
        try {
            topic.state().ifPresent(state -> known = at(state, offsets.all()));
        } catch (DataAccessException e) {
            log.debug("The watermarks stay as they are: the offsets could not be read", e);
        }
    }

    private static Map<Integer, Instant> at(TopicState state, Map<Integer, Map<Integer, PartitionPosition>> all) {
        Map<Integer, Instant> watermarks = new HashMap<>();
        all.forEach((generation, positions) ->
                of(state, positions).ifPresent(watermark -> watermarks.put(generation, watermark)));
        return Map.copyOf(watermarks);
    }

    /** The least of the partitions' times; empty if one of them has records and none was applied. */
    static Optional<Instant> of(TopicState state, Map<Integer, PartitionPosition> positions) {
        Instant least = state.asOf();
        for (Map.Entry<Integer, Long> end : state.appendedOffsets().entrySet()) {
            Instant time = timeOf(end.getValue(), state, positions.get(end.getKey()));
            if (time == null) {
                return Optional.empty();
            }
            least = time.isBefore(least) ? time : least;
        }
        return Optional.of(least);
    }

    private static @Nullable Instant timeOf(long end, TopicState state, @Nullable PartitionPosition position) {
        if (position == null) {
            return null;
        }
        // After the topic was recreated, its offsets say nothing about those of the old one.
        boolean caughtUp = position.topicId().equals(state.topicId()) && position.nextOffset() >= end;
        return caughtUp ? state.asOf() : position.appliedUntil();
    }
}
