package io.replymeter.metrics.retention;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.ingest.Quarantine;
import io.replymeter.metrics.log.Watermark;
import io.replymeter.metrics.tables.Conversations;
import io.replymeter.metrics.tables.DailyMetrics;
import io.replymeter.metrics.tables.Inquiries;
import java.time.Clock;
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
 * Deletes what has left the window at the watermark, of every fed generation, in small steps. It never changes a metric:
 * no later record can reach behind its limit (rule 9), and the checkpoints keep what later messages need to know.
 */
@Component
@EnableConfigurationProperties(RetentionProperties.class)
public class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** Held for one step: instances that do not get it leave the work to the one that did. */
    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('replymeter.retention'))";

    private final Rebuilds rebuilds;
    private final Watermark watermark;
    private final Conversations conversations;
    private final Inquiries inquiries;
    private final DailyMetrics dailyMetrics;
    private final Quarantine quarantine;
    private final Clock clock;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RetentionProperties properties;

    Retention(
            Rebuilds rebuilds,
            Watermark watermark,
            Conversations conversations,
            Inquiries inquiries,
            DailyMetrics dailyMetrics,
            Quarantine quarantine,
            Clock clock,
            JdbcClient jdbc,
            TransactionOperations transactions,
            RetentionProperties properties) {
        this.rebuilds = rebuilds;
        this.watermark = watermark;
        this.conversations = conversations;
        this.inquiries = inquiries;
        this.dailyMetrics = dailyMetrics;
        this.quarantine = quarantine;
        this.clock = clock;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.properties = properties;
    }

    /** The first UTC day that is kept at {@code watermark}. Only whole days are deleted, so a day's sums stay complete. */
    public static LocalDate firstDayKept(Ruleset ruleset, Instant watermark) {
        Instant oldest = watermark.minus(Watermark.CLOCK_DIFFERENCE).minus(ruleset.maximumAge());
        return LocalDate.ofInstant(oldest, ZoneOffset.UTC);
    }

    @Scheduled(fixedDelayString = "${replymeter.upkeep.interval:1h}", initialDelayString = "1m")
    void cleanUp() {
        Map<Integer, Instant> watermarks = watermark.known();
        for (Rebuild rebuild : rebuilds.fed()) {
            Instant time = watermarks.get(rebuild.number());
            if (time != null) {
                cleanUp(rebuild.generation(), time);
            }
        }
        cleanUpQuarantine();
    }

    private void cleanUpQuarantine() {
        Instant limit = clock.instant().minus(properties.quarantineRetention());
        int all = 0;
        int deleted;
        do {
            deleted = quarantine.deleteAppendedBefore(limit, properties.step());
            all += deleted;
        } while (deleted > 0);
        log.info("Deleted {} records of the quarantine, which were appended before {}", all, limit);
    }

    /** Deletes what has left the window at {@code watermark}. Ends early if another instance is doing it. */
    public void cleanUp(Generation generation, Instant watermark) {
        LocalDate firstDay = firstDayKept(generation.ruleset(), watermark);
        int steps = 0;
        while (step(generation, firstDay)) {
            steps++;
        }
        log.info("Deleted what generation {} kept from before {}, in {} steps", generation.number(), firstDay, steps);
    }

    /** Returns whether there may be more to delete. */
    private boolean step(Generation generation, LocalDate firstDay) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean isLocked = jdbc.sql(TRY_LOCK).query(Boolean.class).single();
            return isLocked && (deleteMessages(generation, firstDay) | deleteDays(generation, firstDay));
        }));
    }

    private boolean deleteMessages(Generation generation, LocalDate firstDay) {
        long limit = Micros.startOf(firstDay);
        List<Conversation> old = conversations.lockOlderThan(generation.number(), firstDay, properties.step());
        List<Conversation> empty = new ArrayList<>();
        List<Conversation> kept = new ArrayList<>();
        for (Conversation conversation : old) {
            conversation.forgetBefore(limit, generation.ruleset());
            (conversation.isEmpty() ? empty : kept).add(conversation);
        }
        conversations.update(generation.number(), kept, generation.ruleset());
        conversations.delete(generation.number(), empty);
        return !old.isEmpty();
    }

    private boolean deleteDays(Generation generation, LocalDate firstDay) {
        List<DailyMetrics.Key> gone = dailyMetrics.deleteBefore(generation.number(), firstDay, properties.step());
        inquiries.deleteDays(generation.number(), gone);
        return !gone.isEmpty();
    }
}
