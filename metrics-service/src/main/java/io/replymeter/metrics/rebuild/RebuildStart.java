package io.replymeter.metrics.rebuild;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.RebuildState;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.log.BrokerUnavailable;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import io.replymeter.metrics.log.Watermark;
import io.replymeter.metrics.retention.Retention;
import io.replymeter.web.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Starts a rebuild: checks whether it can succeed, then creates the tables. Thread-safe. */
@Component
class RebuildStart {

    private static final Logger log = LoggerFactory.getLogger(RebuildStart.class);

    private final Topic topic;
    private final Watermark watermark;
    private final Generations generations;
    private final Rebuilds rebuilds;
    private final PartitionOffsets offsets;
    private final HistoryCheck history;
    private final DiskSpaceCheck disk;
    private final TransactionOperations transactions;

    RebuildStart(
            Topic topic,
            Watermark watermark,
            Generations generations,
            Rebuilds rebuilds,
            PartitionOffsets offsets,
            HistoryCheck history,
            DiskSpaceCheck disk,
            TransactionOperations transactions) {
        this.topic = topic;
        this.watermark = watermark;
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.offsets = offsets;
        this.history = history;
        this.disk = disk;
        this.transactions = transactions;
    }

    /**
     * @param throttle events a second, on all instances together; null for no limit
     * @return the new generation's number
     * @throws Problem when there is another rebuild, the topic's history is too short, the disk is too full, or the topic
     *     cannot be asked
     */
    int start(Ruleset ruleset, @Nullable Integer throttle, boolean acceptTruncatedHistory) {
        refuseASecond();
        TopicState state = topic();
        Map<Integer, Instant> firstAppended = firstAppended(state);
        if (!acceptTruncatedHistory) {
            history.check(state, firstAppended, ruleset);
        }
        disk.check(generations.active().number());
        return requireNonNull(transactions.execute(transaction -> {
            generations.lock();
            refuseASecond();
            Generation generation = generations.create(ruleset, firstDay(ruleset));
            rebuilds.insert(generation.number(), throttle, acceptTruncatedHistory);
            offsets.begin(generation.number(), state, firstAppended);
            log.info("Generation {} is being built from topic {} by {}", generation.number(), topic.name(), ruleset);
            return generation.number();
        }));
    }

    /** What was cleaned up in the live generation need not be written to a new one; null while that is unknown. */
    private @Nullable LocalDate firstDay(Ruleset ruleset) {
        Instant time = watermark.known().get(generations.active().number());
        return time == null ? null : Retention.firstDayKept(ruleset, time);
    }

    private TopicState topic() {
        return topic.askNow().orElseThrow(() -> unavailable(topic.problem().orElse("the topic does not answer")));
    }

    private Map<Integer, Instant> firstAppended(TopicState state) {
        try {
            return history.firstAppended(state);
        } catch (BrokerUnavailable e) {
            throw unavailable(String.valueOf(e.getMessage()));
        }
    }

    private static Problem unavailable(String why) {
        return new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "topic-unavailable",
                "The topic cannot be read right now",
                "No rebuild was started: " + why + ". Try again later.");
    }

    private void refuseASecond() {
        rebuilds.all().stream()
                .filter(rebuild -> rebuild.state() != RebuildState.ACTIVE
                        && !rebuild.state().isOver())
                .findFirst()
                .ifPresent(other -> {
                    throw inProgress(other);
                });
    }

    private static Problem inProgress(Rebuild other) {
        String first = other.state() == RebuildState.RETIRED ? "drop" : "finish or cancel";
        return new Problem(
                        HttpStatus.CONFLICT,
                        "rebuild-in-progress",
                        "There is another rebuild",
                        "Generation " + other.number() + " is " + other.state() + ": " + first
                                + " it first, there is only one rebuild at a time.")
                .with("generation", other.number())
                .with("state", other.state());
    }
}
