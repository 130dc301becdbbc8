package io.replymeter.metrics.pace;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.Watermark;
import io.replymeter.metrics.pace.Pace.Seen;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The pace of this instance's replay, which follows what it sees of its readers and of the live generation. Thread-safe. */
@Component
public class ReplayPace {

    private static final Logger log = LoggerFactory.getLogger(ReplayPace.class);

    private static final Duration BEHIND = Duration.ofSeconds(3);

    private final RecentReads reads;
    private final Topic topic;
    private final Watermark watermark;
    private final Generations generations;

    private volatile Pace pace = Pace.FULL;
    private @Nullable Instant liveBefore;

    ReplayPace(RecentReads reads, Topic topic, Watermark watermark, Generations generations, MeterRegistry meters) {
        this.reads = reads;
        this.topic = topic;
        this.watermark = watermark;
        this.generations = generations;
        Gauge.builder("replymeter.replay.pace", this, present -> present.pace.share())
                .description("Which share of its time a replay works on this instance: less than 1 while it yields")
                .register(meters);
    }

    public Pace now() {
        return pace;
    }

    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    void adapt() {
        try {
            long slow = reads.takeSlow();
            pace = pace.after(new Seen(reads.takeAll(), slow, liveIsBehind()));
        } catch (DataAccessException e) {
            log.debug("The pace stays as it is: which generation is live could not be read", e);
        }
    }

    private boolean liveIsBehind() {
        Instant before = liveBefore;
        Instant live = watermark.known().get(generations.active().number());
        liveBefore = live;
        return topic.state()
                .filter(state -> isBehind(before, live, state.asOf()))
                .isPresent();
    }

    /**
     * Whether the live generation has more to read than it keeps up with. One that has stopped did so for another reason: a
     * slower replay would not help it, and may be what mends it.
     *
     * @param before its watermark at the last look; null if it had none
     * @param live its watermark
     * @param end of the topic
     */
    static boolean isBehind(@Nullable Instant before, @Nullable Instant live, Instant end) {
        return before != null && live != null && live.isAfter(before) && live.isBefore(end.minus(BEHIND));
    }
}
