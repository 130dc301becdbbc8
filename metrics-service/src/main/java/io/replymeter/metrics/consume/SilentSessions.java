package io.replymeter.metrics.consume;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends sessions of instances that froze in the middle of a statement, while they sent its rows or received its answer. They
 * hold their locks for as long as the machine runs: no timeout of PostgreSQL counts while it waits for a client then.
 */
@Component
class SilentSessions {

    private static final Logger log = LoggerFactory.getLogger(SilentSessions.class);

    /** MATERIALIZED: the planner must not end a session before it has looked at all conditions. */
    private static final String END = """
            WITH silent AS MATERIALIZED (
                SELECT pid FROM pg_stat_activity
                WHERE datname = current_database() AND usename = current_user
                  AND application_name = current_setting('application_name')
                  AND state = 'active' AND wait_event_type = 'Client' AND query_start < now() - interval '15 seconds')
            SELECT pid FROM silent WHERE pg_terminate_backend(pid)
            """;

    private final JdbcClient jdbc;

    SilentSessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Scheduled(fixedDelay = 5_000)
    void end() {
        try {
            jdbc.sql(END)
                    .query(Integer.class)
                    .list()
                    .forEach(pid -> log.warn("Session {} was ended: its client went silent in a statement", pid));
        } catch (DataAccessException e) {
            log.debug("Nobody looked for silent sessions: the database did not answer", e);
        }
    }
}
