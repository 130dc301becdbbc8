package io.replymeter.benchmarks.catchup;

import io.replymeter.local.stack.ServiceProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many events metrics-service has applied to one generation, according to its database. */
public final class AppliedEvents {

    private static final long POLL_MILLIS = 10;

    /** The first generation has rows as soon as the service begins to read, with offset 0. */
    private static final String APPLIED = """
            SELECT count(*), coalesce(sum(next_offset), 0) FROM partition_offset WHERE generation = %d
            """;

    private static final String IS_MIGRATED = "SELECT (to_regclass('partition_offset') IS NOT NULL)::int, 0";

    private final ServiceProcess service;
    private final Connection connection;
    private final String applied;

    /**
     * @param connection to the service's database, on which nothing else is done meanwhile
     * @param generation 1 for the one that a service begins with
     */
    public AppliedEvents(ServiceProcess service, Connection connection, int generation) {
        this.service = service;
        this.connection = connection;
        this.applied = APPLIED.formatted(generation);
    }

    /** Waits until the service has been assigned its first partition. */
    void awaitAssigned() throws SQLException, InterruptedException {
        while (ask(IS_MIGRATED, 1) == 0 || ask(applied, 1) == 0) {
            pause();
        }
    }

    /** Waits until {@code events} are applied and committed. */
    public void await(long events) throws SQLException, InterruptedException {
        awaitAssigned();
        while (count() < events) {
            pause();
        }
    }

    /** How many events are applied and committed. */
    long count() throws SQLException {
        return ask(applied, 2);
    }

    private void pause() throws InterruptedException {
        service.requireAlive();
        Thread.sleep(POLL_MILLIS);
    }

    private long ask(String sql, int column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(column);
        }
    }
}
