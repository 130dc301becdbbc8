package io.replymeter.metrics.rebuild;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Lets one instance at a time act. The lock belongs to a transaction, in which the holder gives a sign of life every few
 * seconds. That of a holder which died ends at once, and that of one which froze as soon as the database finds it idle for
 * too long. Thread-safe.
 */
@Component
class CoordinatorLock {

    private static final Logger log = LoggerFactory.getLogger(CoordinatorLock.class);

    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('replymeter.coordinator'))";
    private static final String SIGN_OF_LIFE = "SELECT 1";
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(3);

    private final DataSource dataSource;
    private final TaskScheduler scheduler;

    CoordinatorLock(DataSource dataSource, TaskScheduler scheduler) {
        this.dataSource = dataSource;
        this.scheduler = scheduler;
    }

    /** What the holder of the lock does. */
    interface Steps {
        void take() throws SQLException;
    }

    /** Does nothing while another instance holds the lock. */
    void runIfFree(Steps steps) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (isFree(statement)) {
                runWithSignsOfLife(steps, statement);
            }
            connection.rollback();
        }
    }

    private static boolean isFree(Statement statement) throws SQLException {
        try (ResultSet answer = statement.executeQuery(TRY_LOCK)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private void runWithSignsOfLife(Steps steps, Statement statement) throws SQLException {
        ReentrantLock connectionInUse = new ReentrantLock();
        ScheduledFuture<?> signs =
                scheduler.scheduleWithFixedDelay(() -> giveSign(statement, connectionInUse), BETWEEN_SIGNS);
        try {
            steps.take();
        } finally {
            signs.cancel(false);
            connectionInUse.lock(); // No sign is given any more, and none is being given.
        }
    }

    private static void giveSign(Statement statement, ReentrantLock connectionInUse) {
        if (!connectionInUse.tryLock()) {
            return;
        }
        try {
            statement.execute(SIGN_OF_LIFE);
        } catch (SQLException e) {
            log.debug("The lock is lost; each step asserts the state that it starts from", e);
        } finally {
            connectionInUse.unlock();
        }
    }
}
