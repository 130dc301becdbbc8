package io.replymeter.messaging.outbox;

import io.replymeter.jdbc.Pipeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * One shard's own database session. The lock that makes this process the shard's owner lives as long as the session, and
 * rows are read and deleted through the same session, so that a process that lost the lock cannot delete anything.
 */
final class ShardConnection implements AutoCloseable {

    /**
     * The server itself ends a session that has been silent for too long: its owner may be frozen, or gone without a
     * word. The table's statistics are always out of date, since it is empty one moment and large the next: always by index.
     * A deletion need not outlive a crash of the database: what it deleted is only sent again.
     */
    private static final String SETTINGS = """
            SELECT set_config('idle_session_timeout', :silence, false), set_config('statement_timeout', :silence, false),
                set_config('tcp_user_timeout', :silence, false), set_config('application_name', 'replymeter-outbox', false),
                set_config('enable_seqscan', 'off', false), set_config('enable_bitmapscan', 'off', false),
                set_config('synchronous_commit', 'off', false)
            """;

    private static final String TRY_TO_OWN = "SELECT pg_try_advisory_lock(hashtext('replymeter.outbox'), :shard)";

    private static final String OLDEST = """
            SELECT id, conversation_id, event, traceparent FROM outbox WHERE shard = :shard ORDER BY id LIMIT :limit
            """;

    private static final String STILL_THERE = "SELECT 1";

    private static final String DELETE = "DELETE FROM outbox WHERE shard = :shard AND id = ANY(:ids)";

    private final int shard;
    private final Connection connection;
    private final JdbcTemplate jdbc;
    private final long oftenEnoughNanos;
    private long askedAt = System.nanoTime();

    private ShardConnection(int shard, Connection connection, Duration longestSilence) {
        this.shard = shard;
        this.connection = connection;
        this.oftenEnoughNanos = longestSilence.dividedBy(4).toNanos();
        this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    /**
     * Opens a session; it owns nothing yet.
     *
     * @param longestSilence the server ends the session after as long without a statement
     */
    static ShardConnection open(DataSource database, int shard, Duration longestSilence) throws SQLException {
        Connection connection = database.getConnection();
        try {
            ShardConnection opened = new ShardConnection(shard, connection, longestSilence);
            opened.ask(SETTINGS)
                    .param("silence", longestSilence.toMillis() + "ms")
                    .query((row, number) -> number)
                    .single();
            return opened;
        } catch (Throwable e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    private static void closeAfter(Throwable error, Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            error.addSuppressed(e);
        }
    }

    /** Becomes the shard's owner, unless another session is. Never waits: a waiting statement would hold back vacuum. */
    boolean tryToOwn() {
        return ask(TRY_TO_OWN).query(Boolean.class).single();
    }

    /**
     * Call it at least every second while something else is waited for. Asks now and then whether the session is still
     * there, and so keeps it.
     *
     * @throws DataAccessException when it has ended, and with it the ownership
     */
    void stayOwner() {
        if (System.nanoTime() - askedAt > oftenEnoughNanos) {
            ask(STILL_THERE).query(Integer.class).single();
        }
    }

    /**
     * Deletes exactly {@code sent}, since others with lower ids may have been committed meanwhile, and reads the shard's
     * oldest rows, in order.
     */
    List<OutboxRow> next(List<OutboxRow> sent, int limit) {
        Pipeline pipeline = new Pipeline();
        if (!sent.isEmpty()) {
            Object[] ids = sent.stream().map(OutboxRow::id).toArray(Long[]::new);
            pipeline.update(DELETE, Map.of("shard", shard, "ids", new SqlArrayValue("int8", ids)));
        }
        List<OutboxRow> rows = pipeline.query(OLDEST, Map.of("shard", shard, "limit", limit), ShardConnection::row);
        asked();
        pipeline.run(jdbc);
        return rows;
    }

    private StatementSpec ask(String statement) {
        asked();
        return JdbcClient.create(jdbc).sql(statement).param("shard", shard);
    }

    /** Remembers when it asked, not when the answer was read: this process may be frozen in between. */
    private void asked() {
        askedAt = System.nanoTime();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static OutboxRow row(ResultSet row, int number) throws SQLException {
        return new OutboxRow(
                row.getLong("id"),
                row.getObject("conversation_id", UUID.class),
                row.getBytes("event"),
                row.getString("traceparent"));
    }
}
