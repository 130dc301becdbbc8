package io.replymeter.metrics.comparison;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Both generations as they were at the same offset on every partition, for as long as it is open. Nobody waits for it.
 *
 * @param connection in a transaction, which ends with the snapshot
 * @param offsets by partition
 * @param liveWaited how long the live generation was held back
 */
public record Snapshot(Connection connection, Map<Integer, Long> offsets, Duration liveWaited)
        implements AutoCloseable {

    JdbcClient jdbc() {
        return JdbcClient.create(operations());
    }

    JdbcOperations operations() {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
