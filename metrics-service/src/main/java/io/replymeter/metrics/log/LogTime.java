package io.replymeter.metrics.log;

import io.replymeter.metrics.log.Offsets.Position;
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
 * Up to which append time every partition has been applied. A partition that is caught up counts as the moment at which
 * its end was asked for. Never later than what a reader sees. Thread-safe.
 */
@Component
public class LogTime {

    private static final Logger LOG = LoggerFactory.getLogger(LogTime.class);

    private final Topic topic;
    private final Offsets offsets;
    private volatile Map<Integer, Instant> known = Map.of();

    LogTime(Topic topic, Offsets offsets) {
        this.topic = topic;
        this.offsets = offsets;
    }

    /** The log time of each generation that has read every partition, at most some seconds behind. */
    public Map<Integer, Instant> known() {
        return known;
    }

    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    void update() {
        try {
            topic.state().ifPresent(state -> known = at(state, offsets.all()));
        } catch (DataAccessException e) {
            LOG.debug("Log time stays as it is: the offsets could not be read", e);
        }
    }

    private static Map<Integer, Instant> at(TopicState state, Map<Integer, Map<Integer, Position>> positions) {
        Map<Integer, Instant> times = new HashMap<>();
        positions.forEach((generation, its) -> of(state, its).ifPresent(time -> times.put(generation, time)));
        return Map.copyOf(times);
    }

    /** The least of the partitions' times; empty if one of them has records and none was applied. */
    static Optional<Instant> of(TopicState state, Map<Integer, Position> positions) {
        Instant least = state.asOf();
        for (Map.Entry<Integer, Long> end : state.endOffsets().entrySet()) {
            Instant time = timeOf(end.getValue(), state, positions.get(end.getKey()));
            if (time == null) {
                return Optional.empty();
            }
            least = time.isBefore(least) ? time : least;
        }
        return Optional.of(least);
    }

    private static @Nullable Instant timeOf(long end, TopicState state, @Nullable Position position) {
        if (position == null) {
            return null;
        }
        // The offsets of a topic that was created anew say nothing about the old one's.
        boolean caughtUp = position.topicId().equals(state.topicId()) && position.nextOffset() >= end;
        return caughtUp ? state.asOf() : position.appliedUntil();
    }

    /** What clocks of this machine and of the broker may differ by, where it matters. */
    public static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);
}
