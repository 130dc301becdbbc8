package io.replymeter.metrics.comparison;

import io.replymeter.measurement.Micros;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.Watermark;
import io.replymeter.metrics.retention.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Recomputes each layer of the live generation from the one below, in one snapshot, and reports every difference:
 * inquiries from facts, daily metrics from inquiries. What is about to be cleaned up is left out. Thread-safe.
 */
@Component
class Integrity {

    /** How many differences a report shows in full; all are counted. */
    static final int SHOWN = 100;

    private final Generations generations;
    private final Watermark watermark;
    private final DataSource dataSource;
    private final TransactionTemplate snapshot;
    private final Clock clock;

    Integrity(
            Generations generations,
            Watermark watermark,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.generations = generations;
        this.watermark = watermark;
        this.dataSource = dataSource;
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
    record Difference(String layer, String key, String stored, String derived) {}

    /**
     * @param conversations how many were folded
     * @param inquiries how many the facts derive
     * @param dailyRows how many the inquiries derive
     * @param differences all of them
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

    /** Counts differences and keeps the first. */
    static final class Differences {
        private final List<Difference> shown = new ArrayList<>();
        private long count;

        void add(String layer, String key, String stored, String derived) {
            count++;
            if (shown.size() < SHOWN) {
                shown.add(new Difference(layer, key, stored, derived));
            }
        }
    }

    Report check() {
        Report report = snapshot.execute(transaction -> {
            Connection connection = DataSourceUtils.getConnection(dataSource);
            try {
                return check(connection);
            } catch (SQLException e) {
                throw new IllegalStateException("The integrity check could not read the tables", e);
            } finally {
                DataSourceUtils.releaseConnection(connection, dataSource);
            }
        });
        return java.util.Objects.requireNonNull(report);
    }

    private Report check(Connection connection) throws SQLException {
        Generation generation = generations.active();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant time = watermark.known().getOrDefault(generation.number(), now);
        LocalDate since = Retention.firstDayKept(generation.ruleset(), time);
        Differences differences = new Differences();
        var inquiries = new InquiryCheck(connection, generation, Micros.startOf(since), differences);
        inquiries.run();
        long dailyRows = new DailyCheck(connection, generation, since, differences).run();
        return new Report(
                generation.number(),
                now,
                since,
                inquiries.conversations(),
                inquiries.derived(),
                dailyRows,
                differences.count,
                List.copyOf(differences.shown));
    }
}
