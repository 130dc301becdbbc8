package io.replymeter.metrics.tables;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.ResponseTimes;
import io.replymeter.measurement.UnsignedUuid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the inquiries of each provider and UTC day add up to: the table daily_metrics. Thread-safe. */
@Repository
public class DailyMetrics {

    /**
     * A provider's rows are read, added to and written back under one of these locks, so that batches of different
     * partitions wait for each other only if they share one, and always in the same order. PostgreSQL could add the counts
     * itself, but not the histograms.
     */
    private static final int LOCKS = 64;

    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtext('replymeter.daily_metrics.' || :generation), lock)
            FROM unnest(:locks::int[]) AS lock
            """;
    /** {@code OFFSET 0} keeps the planner from joining the other way round: a look-up for each key, never a scan. */
    private static final String READ = """
            SELECT batch.provider_id, batch.day, inquiries, answered, answered_late, excused_by_platform,
                   excused_by_provider, response_micros, response_times
            FROM unnest(:providers::uuid[], :days::int[]) AS batch (provider_id, day)
            CROSS JOIN LATERAL (
                SELECT * FROM daily_metrics
                WHERE generation = :generation AND provider_id = batch.provider_id
                  AND day = date '1970-01-01' + batch.day
                OFFSET 0) AS stored
            """;

    private static final String COLUMNS =
            " (generation, provider_id, day, inquiries, answered, answered_late, excused_by_platform,"
                    + " excused_by_provider, response_micros, response_times)";
    private static final String WRITE = """
            INSERT INTO daily_metrics%s
            SELECT :generation, provider_id, date '1970-01-01' + day, inquiries, answered, answered_late,
                   excused_by_platform, excused_by_provider, response_micros, response_times
            FROM unnest(:providers::uuid[], :days::int[], :inquiries::bigint[], :answered::bigint[],
                        :answeredLate::bigint[], :excusedByPlatform::bigint[], :excusedByProvider::bigint[],
                        :responseMicros::bigint[], :responseTimes::bytea[])
                AS batch (provider_id, day, inquiries, answered, answered_late, excused_by_platform,
                          excused_by_provider, response_micros, response_times)
            ON CONFLICT (provider_id, day, generation) DO UPDATE
            SET inquiries = excluded.inquiries, answered = excluded.answered, answered_late = excluded.answered_late,
                excused_by_platform = excluded.excused_by_platform, excused_by_provider = excluded.excused_by_provider,
                response_micros = excluded.response_micros, response_times = excluded.response_times
            """.formatted(COLUMNS);
    private static final String DELETE = """
            DELETE FROM daily_metrics WHERE generation = :generation AND ctid = ANY (ARRAY (
                SELECT stored.ctid
                FROM unnest(:providers::uuid[], :days::int[]) AS batch (provider_id, day)
                CROSS JOIN LATERAL (
                    SELECT ctid FROM daily_metrics
                    WHERE generation = :generation AND provider_id = batch.provider_id
                      AND day = date '1970-01-01' + batch.day
                    OFFSET 0) AS stored))
            """;
    private static final String DELETE_BEFORE = """
            DELETE FROM daily_metrics WHERE generation = :generation AND ctid = ANY (ARRAY (
                SELECT ctid FROM daily_metrics WHERE generation = :generation AND day < :firstDay
                ORDER BY day LIMIT :limit))
            RETURNING provider_id, day - date '1970-01-01' AS day
            """;
    private static final String INQUIRIES_BETWEEN = """
            SELECT coalesce(sum(inquiries), 0) FROM daily_metrics
            WHERE generation = :generation AND day >= :first AND day < :end
            """;

    /** @param epochDay the UTC day, as days since 1970-01-01 */
    public record Key(UUID providerId, int epochDay) {
        /** The order of the index: neighbours are written one after the other. */
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
    private final BulkInsert bulkInsert;

    DailyMetrics(JdbcClient jdbc, BulkInsert bulkInsert) {
        this.jdbc = jdbc;
        this.bulkInsert = bulkInsert;
    }

    /** A row with the counts of daily_metrics, from inquiries to response_times; {@code first} is the first one's column. */
    public static DailyCounts counts(ResultSet row, int first) throws SQLException {
        return counts(row, first, ResponseTimes.decode(row.getBytes(first + 6)));
    }

    static DailyCounts counts(ResultSet row, int first, ResponseTimes times) throws SQLException {
        return new DailyCounts(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getLong(first + 5),
                times);
    }

    /** Adds {@code changes} to the stored counts, in the caller's transaction. Each change becomes the sum. */
    public void add(int generation, Map<Key, DailyCounts> changes) {
        if (changes.isEmpty()) {
            return;
        }
        lock(generation, changes);
        Set<Key> stored = addStored(generation, List.copyOf(changes.keySet()), changes);
        List<Row> rows = rows(changes);
        insert(
                "daily_metrics",
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

    /** Inserts into {@code table}, which has the columns of daily_metrics. */
    public void insertInto(String table, int generation, Map<Key, DailyCounts> counts) {
        insert(table, generation, rows(counts));
    }

    private static List<Row> rows(Map<Key, DailyCounts> counts) {
        return counts.entrySet().stream()
                .map(day -> new Row(day.getKey(), day.getValue()))
                .sorted(Comparator.comparing(Row::key, Key.ORDER))
                .toList();
    }

    private void lock(int generation, Map<Key, DailyCounts> changes) {
        List<Integer> locks =
                changes.keySet().stream().map(Key::lock).distinct().sorted().toList();
        jdbc.sql(LOCK)
                .param("generation", generation)
                .param("locks", ArrayParameters.integers(locks, lock -> lock))
                .query((row, number) -> number)
                .list();
    }

    /** Returns the keys that have a row. */
    private Set<Key> addStored(int generation, List<Key> keys, Map<Key, DailyCounts> changes) {
        Set<Key> stored = new HashSet<>();
        statement(READ, generation, keys).query(row -> {
            Key key = new Key(row.getObject("provider_id", UUID.class), row.getInt("day"));
            requireNonNull(changes.get(key)).addAll(counts(row, 3));
            stored.add(key);
        });
        return stored;
    }

    private void insert(String table, int generation, List<Row> rows) {
        bulkInsert.add(
                table + COLUMNS,
                10,
                rows,
                (row, daily) -> row.smallint(generation)
                        .uuid(daily.key().providerId())
                        .date(daily.key().epochDay())
                        .bigint(daily.counts().inquiries())
                        .bigint(daily.counts().answered())
                        .bigint(daily.counts().answeredLate())
                        .bigint(daily.counts().excusedByPlatform())
                        .bigint(daily.counts().excusedByProvider())
                        .bigint(daily.counts().responseMicros())
                        .bytes(daily.counts().responseTimes().encode()));
    }

    private void update(int generation, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<DailyCounts> counts = rows.stream().map(Row::counts).toList();
        statement(WRITE, generation, rows.stream().map(Row::key).toList())
                .param("inquiries", ArrayParameters.longs(counts, DailyCounts::inquiries))
                .param("answered", ArrayParameters.longs(counts, DailyCounts::answered))
                .param("answeredLate", ArrayParameters.longs(counts, DailyCounts::answeredLate))
                .param("excusedByPlatform", ArrayParameters.longs(counts, DailyCounts::excusedByPlatform))
                .param("excusedByProvider", ArrayParameters.longs(counts, DailyCounts::excusedByProvider))
                .param("responseMicros", ArrayParameters.longs(counts, DailyCounts::responseMicros))
                .param(
                        "responseTimes",
                        ArrayParameters.bytes(
                                counts, count -> count.responseTimes().encode()))
                .update();
    }

    private void delete(int generation, List<Key> keys) {
        if (!keys.isEmpty()) {
            statement(DELETE, generation, keys).update();
        }
    }

    private JdbcClient.StatementSpec statement(String sql, int generation, List<Key> keys) {
        return jdbc.sql(sql)
                .param("generation", generation)
                .param("providers", ArrayParameters.uuids(keys, Key::providerId))
                .param("days", ArrayParameters.integers(keys, Key::epochDay));
    }

    /** Deletes at most {@code limit} rows of UTC days before {@code firstDay}. Returns their keys. */
    public List<Key> deleteBefore(int generation, LocalDate firstDay, int limit) {
        return jdbc.sql(DELETE_BEFORE)
                .param("generation", generation)
                .param("firstDay", firstDay)
                .param("limit", limit)
                .query((row, number) -> new Key(row.getObject("provider_id", UUID.class), row.getInt("day")))
                .list();
    }

    /** How many inquiries opened on the UTC days from {@code first} to the one before {@code end}, of all providers. */
    public long inquiriesBetween(int generation, LocalDate first, LocalDate end) {
        return jdbc.sql(INQUIRIES_BETWEEN)
                .param("generation", generation)
                .param("first", first)
                .param("end", end)
                .query(Long.class)
                .single();
    }
}
