package io.replymeter.metrics.rebuild;

import static java.util.stream.Collectors.toSet;

import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.Broker;
import io.replymeter.metrics.log.Offsets;
import io.replymeter.metrics.log.Offsets.Position;
import io.replymeter.metrics.log.TopicState;
import io.replymeter.metrics.problem.Problems.Conflict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the topic still holds all that the metrics of today need. Thread-safe. */
@Component
class History {

    private static final String INQUIRIES_BEFORE = """
            SELECT coalesce(sum(inquiries), 0) FROM daily_metrics
            WHERE generation = ? AND day >= ? AND day < ?
            """;

    private final Broker broker;
    private final Generations generations;
    private final Offsets offsets;
    private final JdbcClient jdbc;
    private final Clock clock;

    History(Broker broker, Generations generations, Offsets offsets, JdbcClient jdbc, Clock clock) {
        this.broker = broker;
        this.generations = generations;
        this.offsets = offsets;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** By partition that no longer holds its first records: when the first that it holds was appended, if it holds any. */
    Map<Integer, Instant> firstAppended(TopicState state) {
        Set<Integer> cut = cut(state);
        return cut.isEmpty() ? Map.of() : broker.firstAppended(cut);
    }

    private static Set<Integer> cut(TopicState state) {
        return state.beginningOffsets().entrySet().stream()
                .filter(beginning -> beginning.getValue() > 0)
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    /**
     * An inquiry of the window's first day is measured right by whoever has read the horizon and the silence before it.
     *
     * @throws Conflict with the dates, when a partition has lost records that were appended since
     */
    void check(TopicState state, Map<Integer, Instant> firstAppended, Ruleset ruleset) {
        Instant needed = clock.instant()
                .minus(Duration.ofDays(ruleset.windowDays()))
                .minus(ruleset.horizon())
                .minus(ruleset.reinquirySilence());
        Map<Integer, Position> live = offsets.of(generations.active().number());
        Optional<Instant> begins = cut(state).stream()
                .map(partition -> begins(firstAppended.get(partition), live.get(partition)))
                .max(Instant::compareTo)
                .filter(needed::isBefore);
        if (begins.isPresent()) {
            throw tooShort(needed, begins.get());
        }
    }

    /** Of a partition that is empty now, the live generation knows what was appended last. */
    private Instant begins(@Nullable Instant firstAppended, @Nullable Position live) {
        if (firstAppended != null) {
            return firstAppended;
        }
        Instant last = live == null ? null : live.appliedUntil();
        return last == null ? clock.instant() : last;
    }

    private Conflict tooShort(Instant needed, Instant begins) {
        long lost = inquiriesBefore(begins);
        return new Conflict(
                "history-too-short",
                "The topic holds every record only from " + begins + " on, the rules need those since " + needed
                        + ". The live tables count " + lost
                        + " inquiries of the window's days before that, which a rebuild would lose or measure otherwise."
                        + " Send acceptTruncatedHistory to rebuild all the same.",
                Map.of("needed", needed, "topicBegins", begins, "inquiriesLost", lost));
    }

    private long inquiriesBefore(Instant begins) {
        var live = generations.active();
        LocalDate day = LocalDate.ofInstant(begins, ZoneOffset.UTC).plusDays(1);
        return jdbc.sql(INQUIRIES_BEFORE)
                .params(live.number(), live.ruleset().firstDay(clock.instant()), day)
                .query(Long.class)
                .single();
    }
}
