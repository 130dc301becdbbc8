package io.replymeter.metrics.comparison;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Both generations as they stood at the same offset on every partition, for as long as it is open. Nobody waits for it.
 *
 * @param offsets by partition
 * @param liveWaited how long the live generation could not go on
 */
public record Snapshot(Connection connection, Map<Integer, Long> offsets, Duration liveWaited)
        implements AutoCloseable {

    /** The service's connections find rows by key alone; this one compares whole tables, and leaves the other cores be. */
    private static final List<String> SETTINGS = List.of(
            "SET LOCAL enable_seqscan = on",
            "SET LOCAL enable_hashjoin = on",
            "SET LOCAL enable_mergejoin = on",
            "SET LOCAL plan_cache_mode = auto",
            "SET LOCAL cursor_tuple_fraction = 1",
            "SET LOCAL work_mem = '32MB'",
            "SET LOCAL max_parallel_workers_per_gather = 0");

    void readWholeTables() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute(setting);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
