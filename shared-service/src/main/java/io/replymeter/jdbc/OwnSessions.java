package io.replymeter.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Before anything uses the database: whether each connection has a session of PostgreSQL to itself, as the services' settings and
 * locks need it. Behind a pooler in transaction mode it has one for the time of a transaction only.
 */
final class OwnSessions implements BeanPostProcessor {

    private static final Logger log = LoggerFactory.getLogger(OwnSessions.class);

    /** Others may use the pooler at the same time, and so hide what one round would show. */
    private static final int ROUNDS = 20;

    /** A statement that was prepared in another session is missing in this one, or one of its name is there. */
    private static final Set<String> OF_ANOTHER_SESSION = Set.of("26000", "42P05");

    /** @throws SessionsShared when connections of a data source share sessions */
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof DataSource database) {
            try {
                require(database);
            } catch (SQLException e) {
                if (OF_ANOTHER_SESSION.contains(String.valueOf(e.getSQLState()))) {
                    throw new SessionsShared();
                }
                log.warn("Whether a connection pooler is in transaction mode cannot be seen: {}", e.getMessage());
            }
        }
        return bean;
    }

    /** Looks whether a connection stays in its session while another one works. With a session of its own it always does. */
    private static void require(DataSource database) throws SQLException {
        try (Connection one = database.getConnection();
                Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            int session = session(one);
            for (int round = 0; round < ROUNDS; round++) {
                session(other); // Begins a transaction. A pooler may give it the session that the first connection had.
                boolean isSame = session(one) == session;
                other.rollback();
                if (!isSame) {
                    throw new SessionsShared();
                }
            }
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
