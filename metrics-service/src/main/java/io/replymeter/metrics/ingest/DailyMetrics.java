package io.replymeter.metrics.ingest;

import static java.util.Objects.requireNonNull;

import io.replymeter.metrics.generation.DerivedRows;
import io.replymeter.metrics.response.DailyCounts;
import io.replymeter.metrics.response.UnsignedUuid;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What each provider's inquiries of a UTC day add up to. */
@Repository
class DailyMetrics {

    /**
     * A provider's rows are read, added to and written back under one of these locks, so that batches of other partitions
     * wait for each other only where they meet, and always in the same order. PostgreSQL could add the counts itself, but
     * not the histograms.
     */
    private static final int LOCKS = 64;

    /** Keeps these locks apart from others; the number means nothing else. */
    private static final int LOCK_SPACE = 7236200;

    private static final String LOCK = "SELECT pg_advisory_xact_lock(?, lock) FROM unnest(?::int[]) AS lock";
    /** {@code OFFSET 0} keeps the planner from joining the other way round: a look-up for each key, never a scan. */
    private static final String READ = """
            SELECT batch.provider_id, batch.day, inquiries, answered, answered_late, response_micros, response_times
            FROM unnest(?::uuid[], ?::int[]) AS batch (provider_id, day)
            CROSS JOIN LATERAL (
                SELECT * FROM daily_metrics
                WHERE generation = ? AND provider_id = batch.provider_id AND day = date '1970-01-01' + batch.day
                OFFSET 0) AS stored
            """;

    private static final String WRITE = """
            INSERT INTO daily_metrics (generation, provider_id, day, inquiries, answered, answered_late,
                                       response_micros, response_times)
            SELECT ?, provider_id, date '1970-01-01' + day, inquiries, answered, answered_late, response_micros,
                   response_times
            FROM unnest(?::uuid[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])
                AS batch (provider_id, day, inquiries, answered, answered_late, response_micros, response_times)
            ON CONFLICT (provider_id, day, generation) DO UPDATE
            SET inquiries = excluded.inquiries, answered = excluded.answered, answered_late = excluded.answered_late,
                response_micros = excluded.response_micros, response_times = excluded.response_times
            """;
    private static final String DELETE = """
            DELETE FROM daily_metrics WHERE generation = ? AND ctid = ANY (ARRAY (
                SELECT stored.ctid
                FROM unnest(?::uuid[], ?::int[]) AS batch (provider_id, day)
                CROSS JOIN LATERAL (
                    SELECT ctid FROM daily_metrics
                    WHERE generation = ? AND provider_id = batch.provider_id AND day = date '1970-01-01' + batch.day
                    OFFSET 0) AS stored))
            """;

    /** @param epochDay the UTC day, as days since 1970-01-01 */
    record Key(UUID providerId, int epochDay) {
        /** The index's order: neighbours are written one after the other. */
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::providerId, UnsignedUuid.ORDER).thenComparingInt(Key::epochDay);

        private int lock() {
            return Math.floorMod(providerId.hashCode(), LOCKS);
        }
    }

    private final JdbcClient jdbc;

    DailyMetrics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds {@code changes}, which it takes over, to the stored counts, in the caller's transaction. */
    void add(int generation, Map<Key, DailyCounts> changes) {
        if (changes.isEmpty()) {
            return;
        }
        lock(generation, changes);
        read(generation, List.copyOf(changes.keySet()), changes);
        List<Map.Entry<Key, DailyCounts>> rows = changes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Key.ORDER))
                .toList();
        write(
                generation,
                rows.stream().filter(row -> row.getValue().inquiries() != 0).toList());
        delete(
                generation,
                rows.stream()
                        .filter(row -> row.getValue().inquiries() == 0)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private void lock(int generation, Map<Key, DailyCounts> changes) {
        List<Integer> locks =
                changes.keySet().stream().map(Key::lock).distinct().sorted().toList();
        jdbc.sql(LOCK)
                .params(LOCK_SPACE + generation, Columns.integers(locks, lock -> lock))
                .query((row, number) -> number)
                .list();
    }

    private void read(int generation, List<Key> keys, Map<Key, DailyCounts> changes) {
        key(jdbc.sql(READ), keys).param(generation).query(row -> {
            Key key = new Key(row.getObject("provider_id", UUID.class), row.getInt("day"));
            requireNonNull(changes.get(key)).addAll(DerivedRows.counts(row));
        });
    }

    private void write(int generation, List<Map.Entry<Key, DailyCounts>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<DailyCounts> counts = rows.stream().map(Map.Entry::getValue).toList();
        key(
                        jdbc.sql(WRITE).param(generation),
                        rows.stream().map(Map.Entry::getKey).toList())
                .param(Columns.longs(counts, DailyCounts::inquiries))
                .param(Columns.longs(counts, DailyCounts::answered))
                .param(Columns.longs(counts, DailyCounts::answeredLate))
                .param(Columns.longs(counts, DailyCounts::responseMicros))
                .param(Columns.bytes(counts, count -> count.responseTimes().encode()))
                .update();
    }

    private void delete(int generation, List<Key> keys) {
        if (!keys.isEmpty()) {
            key(jdbc.sql(DELETE).param(generation), keys).param(generation).update();
        }
    }

    private static JdbcClient.StatementSpec key(JdbcClient.StatementSpec statement, List<Key> keys) {
        return statement.param(Columns.uuids(keys, Key::providerId)).param(Columns.integers(keys, Key::epochDay));
    }
}
