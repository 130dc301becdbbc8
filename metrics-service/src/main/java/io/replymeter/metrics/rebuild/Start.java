package io.replymeter.metrics.rebuild;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.LogTime;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import io.replymeter.metrics.problem.Problems.Conflict;
import io.replymeter.metrics.problem.Problems.Unavailable;
import io.replymeter.metrics.upkeep.Retention;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Begins a rebuild: looks first whether it can succeed, then makes the tables. Thread-safe. */
@Component
class Start {

    private static final Logger LOG = LoggerFactory.getLogger(Start.class);

    private final Topic topic;
    private final LogTime logTime;
    private final Generations generations;
    private final Rebuilds rebuilds;
    private final Places places;
    private final History history;
    private final DiskSpace disk;
    private final TransactionOperations transactions;

    Start(
            Topic topic,
            LogTime logTime,
            Generations generations,
            Rebuilds rebuilds,
            Places places,
            History history,
            DiskSpace disk,
            TransactionOperations transactions) {
        this.topic = topic;
        this.logTime = logTime;
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.places = places;
        this.history = history;
        this.disk = disk;
        this.transactions = transactions;
    }

    /**
     * @param throttle events a second, on all instances together; null for as many as can be
     * @return the new generation's number
     * @throws Conflict when one is under way, the topic's history is too short, or the disk too full
     * @throws Unavailable when the topic cannot be asked
     */
    int start(Ruleset ruleset, @Nullable Integer throttle, boolean acceptTruncatedHistory) {
        refuseASecond();
        TopicState state = topic();
        Map<Integer, Instant> firstAppended = history.firstAppended(state);
        if (!acceptTruncatedHistory) {
            history.check(state, firstAppended, ruleset);
        }
        disk.check(generations.active().number());
        return requireNonNull(transactions.execute(transaction -> {
            generations.lock();
            refuseASecond();
            Generation generation = generations.create(ruleset, firstDay(ruleset));
            rebuilds.insert(generation.number(), throttle, acceptTruncatedHistory);
            places.begin(generation.number(), state, firstAppended);
            LOG.info(
                    "Generation {} is being built from topic {}, under {}", generation.number(), topic.name(), ruleset);
            return generation.number();
        }));
    }

    /** What the clean-up removes from the live generation need not be written for a new one; null while that is unknown. */
    private @Nullable LocalDate firstDay(Ruleset ruleset) {
        Instant time = logTime.known().get(generations.active().number());
        return time == null ? null : Retention.firstDayKept(ruleset, time);
    }

    private TopicState topic() {
        return topic.askNow()
                .orElseThrow(() -> new Unavailable(
                        "topic-unavailable",
                        "Nothing can be rebuilt now, " + topic.problem().orElse("the topic does not answer")
                                + ": try again later."));
    }

    private void refuseASecond() {
        rebuilds.all().stream()
                .filter(rebuild ->
                        rebuild.state() != State.ACTIVE && !rebuild.state().isOver())
                .findFirst()
                .ifPresent(other -> {
                    throw new Conflict(
                            "rebuild-in-progress",
                            "Generation " + other.generation() + " is " + other.state() + ": "
                                    + (other.state() == State.RETIRED ? "drop" : "finish or cancel")
                                    + " it first, there is one rebuild at a time.",
                            Map.of("generation", other.generation(), "state", other.state()));
                });
    }
}
