package io.replymeter.metrics.comparison;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.comparison.ComparedTables.TableSet;
import io.replymeter.metrics.tables.Conversations;
import io.replymeter.metrics.tables.DailyMetrics;
import io.replymeter.metrics.tables.DailyMetrics.Key;
import io.replymeter.metrics.tables.Inquiries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Derives each layer of the live generation again from the stored layer below it, into temporary tables that are dropped
 * with the transaction: inquiries from facts, daily metrics from inquiries. Writes page by page, since a connection that
 * copies cannot read. Thread-safe.
 */
@Component
class Derivation {

    private static final String CREATE = """
            CREATE TEMPORARY TABLE inquiry_rebuilt (LIKE inquiry) ON COMMIT DROP;
            CREATE TEMPORARY TABLE daily_metrics_rebuilt (LIKE daily_metrics) ON COMMIT DROP
            """;
    private static final String CONVERSATIONS =
            "SELECT conversation_id, deleted, threads, facts, deletions, extras FROM conversation<live>";
    private static final String INQUIRIES = """
            SELECT * FROM inquiry<live> WHERE opened_at >= :since::date::timestamp AT TIME ZONE 'UTC'
            ORDER BY provider_id, opened_at
            """;
    private static final String COUNT = """
            SELECT (SELECT count(*) FROM conversation<live>) AS conversations,
                   (SELECT count(*) FROM inquiry<rebuilt>) AS inquiries,
                   (SELECT count(*) FROM daily_metrics<rebuilt>) AS daily_rows
            """;

    /**
     * @param conversations how many were folded
     * @param inquiries how many the facts derive
     * @param dailyRows how many the inquiries derive
     */
    record Counts(long conversations, long inquiries, long dailyRows) {}

    private final Inquiries inquiries;
    private final DailyMetrics dailyMetrics;

    Derivation(Inquiries inquiries, DailyMetrics dailyMetrics) {
        this.inquiries = inquiries;
        this.dailyMetrics = dailyMetrics;
    }

    /** The tables that {@link #derive} creates. Facts are not derived again: only the topic could tell them. */
    static TableSet tables(Ruleset ruleset) {
        return new TableSet("_rebuilt", ruleset);
    }

    /** Derives what {@code tables} keep since their first day, in the caller's transaction. */
    Counts derive(ComparedTables tables, int generation) {
        tables.jdbc().sql(CREATE).update();
        deriveInquiries(tables, generation);
        deriveDailyMetrics(tables, generation);
        return tables.sql(COUNT)
                .query((row, number) ->
                        new Counts(row.getLong("conversations"), row.getLong("inquiries"), row.getLong("daily_rows")))
                .single();
    }

    private void deriveInquiries(ComparedTables tables, int generation) {
        long since = Micros.startOf(tables.since());
        List<Inquiry> page = new ArrayList<>();
        tables.sql(CONVERSATIONS).query(row -> {
            Conversations.conversation(row).inquiries(tables.live().ruleset()).stream()
                    .filter(inquiry -> inquiry.openedAt() >= since)
                    .forEach(page::add);
            if (page.size() >= ComparedTables.PAGE) {
                insert(page, generation);
            }
        });
        insert(page, generation);
    }

    private void insert(List<Inquiry> page, int generation) {
        inquiries.insertInto("inquiry_rebuilt", generation, page);
        page.clear();
    }

    /** Inquiries come in the order of their providers and times, so a day is complete when the next one begins. */
    private void deriveDailyMetrics(ComparedTables tables, int generation) {
        Map<Key, DailyCounts> page = new LinkedHashMap<>();
        tables.sql(INQUIRIES).query(row -> {
            Inquiry inquiry = Inquiries.inquiry(row);
            Key key = new Key(inquiry.providerId(), Micros.epochDay(inquiry.openedAt()));
            if (page.size() >= ComparedTables.PAGE && !page.containsKey(key)) {
                insert(page, generation);
            }
            page.computeIfAbsent(key, first -> new DailyCounts())
                    .add(inquiry, tables.live().ruleset());
        });
        insert(page, generation);
    }

    private void insert(Map<Key, DailyCounts> page, int generation) {
        dailyMetrics.insertInto("daily_metrics_rebuilt", generation, page);
        page.clear();
    }
}
