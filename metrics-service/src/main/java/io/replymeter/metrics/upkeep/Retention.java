package io.replymeter.metrics.upkeep;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.ingest.Conversations;
import io.replymeter.metrics.ingest.Inquiries;
import io.replymeter.metrics.log.LogTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Removes what has left the window by log time, of every generation, in small steps. It never changes a metric: no record
 * still to come reaches behind its limit (rule 9), and what a later message needs to know stays in the checkpoints.
 */
@Component
@EnableConfigurationProperties(UpkeepProperties.class)
public class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** Held for one step: other instances leave the work to the one that has it. The number means nothing else. */
    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(7236102)";

    private static final String DELETE_DAYS = """
            DELETE FROM daily_metrics WHERE generation = ? AND ctid = ANY (ARRAY (
                SELECT ctid FROM daily_metrics WHERE generation = ? AND day < ? ORDER BY day LIMIT ?))
            """;

    private final Generations generations;
    private final LogTime logTime;
    private final Conversations conversations;
    private final Inquiries inquiries;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final UpkeepProperties properties;

    Retention(
            Generations generations,
            LogTime logTime,
            Conversations conversations,
            Inquiries inquiries,
            JdbcClient jdbc,
            TransactionOperations transactions,
            UpkeepProperties properties) {
        this.generations = generations;
        this.logTime = logTime;
        this.conversations = conversations;
        this.inquiries = inquiries;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.properties = properties;
    }

    /** The first UTC day that is kept at {@code logTime}: whole days go, so that a day's sums never lose a part. */
    public static LocalDate firstDayKept(Ruleset ruleset, Instant logTime) {
        Instant oldest = logTime.minus(LogTime.CLOCK_DIFFERENCE).minus(ruleset.maximumAge());
        return LocalDate.ofInstant(oldest, ZoneOffset.UTC);
    }

    @Scheduled(fixedDelayString = "${replymeter.upkeep.interval:1h}", initialDelayString = "1m")
    void cleanUp() {
        Map<Integer, Instant> times = logTime.known();
        for (Generation generation : generations.all()) {
            Instant time = times.get(generation.number());
            if (time != null) {
                cleanUp(generation, time);
            }
        }
    }

    /** Removes what has left the window at {@code logTime}; ends early when another instance is at it. */
    public void cleanUp(Generation generation, Instant logTime) {
        LocalDate firstDay = firstDayKept(generation.ruleset(), logTime);
        int steps = 0;
        while (step(generation, firstDay)) {
            steps++;
        }
        LOG.info("Generation {} keeps nothing from before {}; {} steps", generation.number(), firstDay, steps);
    }

    /** @return whether there may be more to do */
    private boolean step(Generation generation, LocalDate firstDay) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean mine = jdbc.sql(TRY_LOCK).query(Boolean.class).single();
            return mine && (forgetMessages(generation, firstDay) | forgetDays(generation, firstDay));
        }));
    }

    private boolean forgetMessages(Generation generation, LocalDate firstDay) {
        long limit = Micros.startOf(firstDay);
        List<Conversation> old = conversations.lockOlderThan(generation.number(), firstDay, properties.step());
        List<Inquiry> gone = new ArrayList<>();
        List<Conversation> empty = new ArrayList<>();
        List<Conversation> kept = new ArrayList<>();
        for (Conversation conversation : old) {
            conversation.inquiries(generation.ruleset()).stream()
                    .filter(inquiry -> inquiry.openedAt() < limit)
                    .forEach(gone::add);
            conversation.forgetBefore(limit, generation.ruleset());
            (conversation.isEmpty() ? empty : kept).add(conversation);
        }
        inquiries.delete(generation.number(), gone);
        conversations.update(generation.number(), kept, generation.ruleset());
        conversations.delete(generation.number(), empty);
        return !old.isEmpty();
    }

    private boolean forgetDays(Generation generation, LocalDate firstDay) {
        int number = generation.number();
        return jdbc.sql(DELETE_DAYS)
                        .params(number, number, firstDay, properties.step())
                        .update()
                > 0;
    }
}
