package io.replymeter.metrics.comparison;

import io.replymeter.metrics.log.PartitionOffsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Brings two generations to the same offset on every partition and opens a snapshot there. First the rebuilt generation
 * follows the live one closely. Then the live one is held, for less than a second, until the other has reached it. If that
 * does not happen in time, both go on as if nothing had been tried. The database itself ends what takes longer.
 */
@Component
public class OffsetAlignment {

    private static final Logger log = LoggerFactory.getLogger(OffsetAlignment.class);

    /** Locking may wait for batches in progress, and the locked rows are held after that: together at most a second. */
    private static final String LIMITS =
            "SET LOCAL statement_timeout = '550ms'; SET LOCAL idle_in_transaction_session_timeout = '400ms'";

    private static final Duration HOLD_FOR = Duration.ofMillis(300);
    private static final Duration FOLLOW_FOR = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final long CLOSE = 1_000;

    private final DataSource dataSource;
    private final PartitionOffsets offsets;

    OffsetAlignment(DataSource dataSource, PartitionOffsets offsets) {
        this.dataSource = dataSource;
        this.offsets = offsets;
    }

    /** Empty if the generations were not aligned in time: try again. */
    public Optional<Snapshot> align(int live, int rebuilt) {
        try {
            return follow(live, rebuilt) ? hold(live, rebuilt) : Optional.empty();
        } catch (SQLException | DataAccessException e) {
            log.info("Generations {} and {} were not aligned: {}", live, rebuilt, e.getMessage());
            return Optional.empty();
        } finally {
            offsets.liftBarriers();
        }
    }

    private boolean follow(int live, int rebuilt) {
        long end = System.nanoTime() + FOLLOW_FOR.toNanos();
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            offsets.setBarriers(rebuilt, live);
            if (isClose(offsets.nextOffsets(live), offsets.nextOffsets(rebuilt))) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    /** Whether the rebuilt generation is behind the live one on every partition, but not far. */
    private static boolean isClose(Map<Integer, Long> live, Map<Integer, Long> rebuilt) {
        if (!live.keySet().equals(rebuilt.keySet())) {
            return false;
        }
        long gap = 0;
        for (Map.Entry<Integer, Long> partition : rebuilt.entrySet()) {
            long behind = live.getOrDefault(partition.getKey(), 0L) - partition.getValue();
            if (behind < 0) {
                return false;
            }
            gap += behind;
        }
        return gap <= CLOSE;
    }

    private Optional<Snapshot> hold(int live, int rebuilt) throws SQLException {
        try (Connection holding = dataSource.getConnection()) {
            holding.setAutoCommit(false);
            try {
                long begun = System.nanoTime();
                try (Statement limits = holding.createStatement()) {
                    limits.execute(LIMITS);
                }
                Map<Integer, Long> held = offsets.on(holding).lock(live);
                offsets.setBarriers(rebuilt, live);
                return isReached(held, rebuilt) ? open(live, rebuilt, holding, begun) : Optional.empty();
            } finally {
                holding.rollback();
            }
        }
    }

    private boolean isReached(Map<Integer, Long> held, int rebuilt) {
        long end = System.nanoTime() + HOLD_FOR.toNanos();
        while (!offsets.nextOffsets(rebuilt).equals(held)) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    /** The first statement takes the snapshot and asks for the offsets again: only its answer counts. */
    private Optional<Snapshot> open(int live, int rebuilt, Connection holding, long begun) throws SQLException {
        Connection connection = dataSource.getConnection();
        Snapshot snapshot = null;
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            PartitionOffsets seen = offsets.on(connection);
            Map<Integer, Long> reached = seen.nextOffsets(live);
            boolean areEqual = seen.nextOffsets(rebuilt).equals(reached);
            holding.rollback();
            if (areEqual) {
                snapshot = new Snapshot(connection, reached, Duration.ofNanos(System.nanoTime() - begun));
            }
            return Optional.ofNullable(snapshot);
        } finally {
            if (snapshot == null) {
                connection.close();
            }
        }
    }
}
