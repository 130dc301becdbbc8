package io.replymeter.metrics.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Brings two generations to the same offset on every partition and opens a snapshot there. The rebuilt one follows the
 * live one at its heels; then the live one is held, for less than a second, until the other has drawn level. If it does
 * not in that time, both go on and nothing has happened. The database itself ends what it takes longer.
 */
@Component
class EqualOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(EqualOffsets.class);

    /** Locking may wait for batches under way, and what is locked is held after that: together at most a second. */
    private static final String LIMITS =
            "SET LOCAL statement_timeout = '550ms'; SET LOCAL idle_in_transaction_session_timeout = '400ms'";

    private static final Duration LEVEL_WITHIN = Duration.ofMillis(300);

    private static final Duration FOLLOW_FOR = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final long AT_THE_HEELS = 1_000;

    private static final String FOLLOW = """
            UPDATE partition_offset AS rebuilt
            SET stop_at = greatest(rebuilt.next_offset, live.next_offset)
            FROM partition_offset AS live
            WHERE rebuilt.generation = ? AND live.generation = ? AND live.partition = rebuilt.partition
            """;
    private static final String GAP = """
            SELECT coalesce(sum(live.next_offset - rebuilt.next_offset), 0) AS events,
                   coalesce(bool_and(live.next_offset >= rebuilt.next_offset), true) AS is_behind
            FROM (SELECT * FROM partition_offset WHERE generation = ?) AS rebuilt
            FULL JOIN (SELECT * FROM partition_offset WHERE generation = ?) AS live USING (partition)
            """;
    private static final String HOLD = """
            SELECT partition, next_offset FROM partition_offset WHERE generation = ? ORDER BY partition FOR UPDATE
            """;
    private static final String STOP = """
            UPDATE partition_offset AS rebuilt SET stop_at = held.next_offset
            FROM (SELECT partition, next_offset FROM partition_offset WHERE generation = ?) AS held
            WHERE rebuilt.generation = ? AND rebuilt.partition = held.partition
            """;
    private static final String OFFSETS = "SELECT partition, next_offset FROM partition_offset WHERE generation = ?";

    private static final String RELEASE = "UPDATE partition_offset SET stop_at = NULL WHERE stop_at IS NOT NULL";

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    EqualOffsets(DataSource dataSource, JdbcClient jdbc) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
    }

    /** Empty if the generations did not draw level in time: to be tried again. */
    Optional<Snapshot> reach(int live, int rebuilt) {
        try {
            return follow(live, rebuilt) ? hold(live, rebuilt) : Optional.empty();
        } catch (SQLException e) {
            LOG.info("Generations {} and {} did not reach equal offsets: {}", live, rebuilt, e.getMessage());
            return Optional.empty();
        } finally {
            release();
        }
    }

    /** Lets whoever is stopped go on. Harmless when nobody is. */
    void release() {
        jdbc.sql(RELEASE).update();
    }

    private boolean follow(int live, int rebuilt) {
        long end = System.nanoTime() + FOLLOW_FOR.toNanos();
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            jdbc.sql(FOLLOW).params(rebuilt, live).update();
            if (isAtTheHeels(live, rebuilt)) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    private boolean isAtTheHeels(int live, int rebuilt) {
        return jdbc.sql(GAP)
                .params(rebuilt, live)
                .query((row, number) -> row.getBoolean("is_behind") && row.getLong("events") <= AT_THE_HEELS)
                .single();
    }

    private Optional<Snapshot> hold(int live, int rebuilt) throws SQLException {
        try (Connection holding = dataSource.getConnection()) {
            holding.setAutoCommit(false);
            long begun = System.nanoTime();
            try (Statement limits = holding.createStatement()) {
                limits.execute(LIMITS);
            }
            Map<Integer, Long> held = offsets(holding, HOLD, live);
            jdbc.sql(STOP).params(live, rebuilt).update();
            if (!isLevel(rebuilt, held)) {
                holding.rollback();
                return Optional.empty();
            }
            Connection connection = dataSource.getConnection();
            try {
                return open(connection, live, rebuilt, holding, begun);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
    }

    private boolean isLevel(int rebuilt, Map<Integer, Long> held) throws SQLException {
        long end = System.nanoTime() + LEVEL_WITHIN.toNanos();
        try (Connection looking = dataSource.getConnection()) {
            while (!offsets(looking, OFFSETS, rebuilt).equals(held)) {
                if (System.nanoTime() > end) {
                    return false;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
        return true;
    }

    /** The snapshot is taken by its first statement, which asks once more: whatever happened, it alone is believed. */
    private static Optional<Snapshot> open(Connection connection, int live, int rebuilt, Connection holding, long begun)
            throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        Map<Integer, Long> offsets = offsets(connection, OFFSETS, live);
        boolean areEqual = offsets(connection, OFFSETS, rebuilt).equals(offsets);
        holding.rollback();
        Snapshot snapshot = new Snapshot(connection, offsets, Duration.ofNanos(System.nanoTime() - begun));
        if (!areEqual) {
            snapshot.close();
            return Optional.empty();
        }
        return Optional.of(snapshot);
    }

    private static Map<Integer, Long> offsets(Connection connection, String sql, int generation) throws SQLException {
        Map<Integer, Long> offsets = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setInt(1, generation);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    offsets.put(rows.getInt("partition"), rows.getLong("next_offset"));
                }
            }
        }
        return offsets;
    }
}
