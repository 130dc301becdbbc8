package io.replymeter.metrics.ingest;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.UnsignedUuid;
import io.replymeter.metrics.generation.DerivedRows;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final String COLUMNS = "daily_metrics (generation, provider_id, day, inquiries, answered,"
            + " answered_late, response_micros, response_times)";
    private static final String WRITE = """
            INSERT INTO %s
            SELECT ?, provider_id, date '1970-01-01' + day, inquiries, answered, answered_late, response_micros,
                   response_times
            FROM unnest(?::uuid[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])
                AS batch (provider_id, day, inquiries, answered, answered_late, response_micros, response_times)
            ON CONFLICT (provider_id, day, generation) DO UPDATE
            SET inquiries = excluded.inquiries, answered = excluded.answered, answered_late = excluded.answered_late,
                response_micros = excluded.response_micros, response_times = excluded.response_times
            """.formatted(COLUMNS);
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

    private record Row(Key key, DailyCounts counts) {
        boolean isEmpty() {
            return counts.inquiries() == 0;
        }
    }

    private final JdbcClient jdbc;
    private final NewRows newRows;

    DailyMetrics(JdbcClient jdbc, NewRows newRows) {
        this.jdbc = jdbc;
        this.newRows = newRows;
    }

    /** Adds {@code changes}, which it takes over, to the stored counts, in the caller's transaction. */
    void add(int generation, Map<Key, DailyCounts> changes) {
        if (changes.isEmpty()) {
            return;
        }
        lock(generation, changes);
        Set<Key> stored = addStored(generation, List.copyOf(changes.keySet()), changes);
        List<Row> rows = changes.entrySet().stream()
                .map(change -> new Row(change.getKey(), change.getValue()))
                .sorted(Comparator.comparing(Row::key, Key.ORDER))
                .toList();
        insert(
                generation,
                rows.stream()
                        .filter(row -> !row.isEmpty() && !stored.contains(row.key()))
                        .toList());
        update(
                generation,
                rows.stream()
                        .filter(row -> !row.isEmpty() && stored.contains(row.key()))
                        .toList());
        delete(generation, rows.stream().filter(Row::isEmpty).map(Row::key).toList());
    }

    private void lock(int generation, Map<Key, DailyCounts> changes) {
        List<Integer> locks =
                changes.keySet().stream().map(Key::lock).distinct().sorted().toList();
        jdbc.sql(LOCK)
                .params(LOCK_SPACE + generation, Columns.integers(locks, lock -> lock))
                .query((row, number) -> number)
                .list();
    }

    /** Returns the keys that are stored. */
    private Set<Key> addStored(int generation, List<Key> keys, Map<Key, DailyCounts> changes) {
        Set<Key> stored = new HashSet<>();
        key(jdbc.sql(READ), keys).param(generation).query(row -> {
            Key key = new Key(row.getObject("provider_id", UUID.class), row.getInt("day"));
            requireNonNull(changes.get(key)).addAll(DerivedRows.counts(row));
            stored.add(key);
        });
        return stored;
    }

    private void insert(int generation, List<Row> rows) {
        newRows.add(
                COLUMNS,
                8,
                rows,
                (row, daily) -> row.smallint(generation)
                        .uuid(daily.key().providerId())
                        .date(daily.key().epochDay())
                        .bigint(daily.counts().inquiries())
                        .bigint(daily.counts().answered())
                        .bigint(daily.counts().answeredLate())
                        .bigint(daily.counts().responseMicros())
                        .bytes(daily.counts().responseTimes().encode()));
    }

    private void update(int generation, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<DailyCounts> counts = rows.stream().map(Row::counts).toList();
        key(jdbc.sql(WRITE).param(generation), rows.stream().map(Row::key).toList())
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
