package io.replymeter.metrics.rebuild;

import static java.util.stream.Collectors.toSet;

import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.Broker;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.PartitionPosition;
import io.replymeter.metrics.log.TopicState;
import io.replymeter.metrics.tables.DailyMetrics;
import io.replymeter.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Whether the topic still holds all that the metrics of today need. Thread-safe. */
@Component
class HistoryCheck {

    private final Broker broker;
    private final Generations generations;
    private final PartitionOffsets offsets;
    private final DailyMetrics dailyMetrics;
    private final Clock clock;

    HistoryCheck(
            Broker broker, Generations generations, PartitionOffsets offsets, DailyMetrics dailyMetrics, Clock clock) {
        this.broker = broker;
        this.generations = generations;
        this.offsets = offsets;
        this.dailyMetrics = dailyMetrics;
        this.clock = clock;
    }

    /** When the oldest record was appended of each partition that has lost its first records and still holds some. */
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
     * An inquiry of the window's first day is measured correctly if the longest deferral of its message, and the horizon and
     * the silence before that, were read too.
     *
     * @throws Problem with the dates, when a partition has lost records that were appended since
     */
    void check(TopicState state, Map<Integer, Instant> firstAppended, Ruleset ruleset) {
        Instant needed = clock.instant()
                .minus(Duration.ofDays(ruleset.windowDays()))
                .minus(ruleset.horizon())
                .minus(ruleset.reinquirySilence())
                .minus(ruleset.longestDeferral());
        Map<Integer, PartitionPosition> live = offsets.of(generations.active().number());
        Optional<Instant> begins = cut(state).stream()
                .map(partition -> begins(firstAppended.get(partition), live.get(partition)))
                .max(Instant::compareTo)
                .filter(needed::isBefore);
        if (begins.isPresent()) {
            throw tooShort(needed, begins.get());
        }
    }

    /** If a partition is empty now, the live generation knows when its last record was appended. */
    private Instant begins(@Nullable Instant firstAppended, @Nullable PartitionPosition live) {
        if (firstAppended != null) {
            return firstAppended;
        }
        Instant last = live == null ? null : live.appliedUntil();
        return last == null ? clock.instant() : last;
    }

    private Problem tooShort(Instant needed, Instant begins) {
        long lost = inquiriesBefore(begins);
        return new Problem(
                        HttpStatus.CONFLICT,
                        "history-too-short",
                        "The topic does not hold enough history",
                        "The topic holds every record only from " + begins + " on, the rules need those since " + needed
                                + ". The live tables count " + lost
                                + " inquiries of the window's days before that, which a"
                                + " rebuild would lose or measure differently. Send acceptTruncatedHistory to rebuild all"
                                + " the same.")
                .with("needed", needed)
                .with("topicBegins", begins)
                .with("inquiriesLost", lost);
    }

    private long inquiriesBefore(Instant begins) {
        var live = generations.active();
        LocalDate day = LocalDate.ofInstant(begins, ZoneOffset.UTC).plusDays(1);
        return dailyMetrics.inquiriesBetween(live.number(), live.ruleset().firstDay(clock.instant()), day);
    }
}
