package io.replymeter.metrics.comparison;

import static java.util.Objects.requireNonNull;

import io.replymeter.metrics.comparison.ComparedTables.TableSet;
import io.replymeter.metrics.comparison.Differences.RowDifference;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.Watermark;
import io.replymeter.metrics.retention.Retention;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares each layer of the live generation with what the layer below derives, in one snapshot, and reports every
 * difference. What is about to be cleaned up is left out. Thread-safe.
 */
@Component
class Integrity {

    private final Generations generations;
    private final Watermark watermark;
    private final Derivation derivation;
    private final JdbcOperations jdbc;
    private final TransactionTemplate snapshot;
    private final Clock clock;

    Integrity(
            Generations generations,
            Watermark watermark,
            Derivation derivation,
            JdbcOperations jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.generations = generations;
        this.watermark = watermark;
        this.derivation = derivation;
        this.jdbc = jdbc;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.clock = clock;
    }

    /**
     * @param layer what differs: {@code inquiry} or {@code daily_metrics}
     * @param key the row, by its key's columns
     * @param stored the row that is stored, or "missing"
     * @param derived what the layer below says, or "missing"
     */
    record Difference(String layer, String key, String stored, String derived) {

        static Difference of(RowDifference row) {
            String layer = row.layer().equals(DailyMetricsComparison.LAYER) ? "daily_metrics" : row.layer();
            return new Difference(layer, row.key(), row.live(), row.rebuilt());
        }
    }

    /**
     * @param since the first UTC day checked
     * @param conversations how many were folded
     * @param inquiries how many the facts derive
     * @param dailyRows how many the inquiries derive
     * @param differences how many rows differ
     * @param shown at most the first 100
     */
    record Report(
            int generation,
            Instant checkedAt,
            LocalDate since,
            long conversations,
            long inquiries,
            long dailyRows,
            long differences,
            List<Difference> shown) {}

    Report check() {
        return requireNonNull(snapshot.execute(transaction -> check(generations.active())));
    }

    private Report check(Generation generation) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant time = watermark.known().getOrDefault(generation.number(), now);
        ComparedTables tables = new ComparedTables(
                JdbcClient.create(jdbc),
                TableSet.of(generation),
                Derivation.tables(generation.ruleset()),
                now,
                Retention.firstDayKept(generation.ruleset(), time),
                TopicBeginning.COMPLETE);
        ComparedTables.planForWholeTables(jdbc);
        Derivation.Counts derived = derivation.derive(tables, generation.number());
        Differences differences = new Differences();
        new InquiryComparison(tables, differences).run();
        new DailyMetricsComparison(tables, differences).run();
        return new Report(
                generation.number(),
                now,
                tables.since(),
                derived.conversations(),
                derived.inquiries(),
                derived.dailyRows(),
                differences.count(),
                differences.rows().stream()
                        .limit(Differences.SHOWN)
                        .map(Difference::of)
                        .toList());
    }
}
