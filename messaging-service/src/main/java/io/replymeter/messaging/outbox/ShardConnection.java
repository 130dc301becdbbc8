package io.replymeter.messaging.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * One shard's own database session. The lock that makes this process the shard's owner lives as long as the session, and
 * rows are read and deleted through the same session, so that a process that lost the lock cannot delete anything.
 */
final class ShardConnection implements AutoCloseable {

    /** The table's statistics are always out of date: it is empty one moment and large the next. */
    private static final String ALWAYS_BY_INDEX = """
            SELECT set_config('enable_seqscan', 'off', false), set_config('enable_bitmapscan', 'off', false),
                set_config('application_name', 'replymeter-outbox', false)
            """;

    private static final String TRY_TO_OWN = "SELECT pg_try_advisory_lock(hashtext('replymeter.outbox'), :shard)";

    private static final String OLDEST = """
            SELECT id, conversation_id, event FROM outbox WHERE shard = :shard ORDER BY id LIMIT :limit
            """;

    private static final String DELETE = "DELETE FROM outbox WHERE shard = :shard AND id = ANY(:ids)";

    private final int shard;
    private final Connection connection;
    private final JdbcClient jdbc;

    private ShardConnection(int shard, Connection connection) {
        this.shard = shard;
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /** Opens a session; it owns nothing yet. */
    static ShardConnection open(DataSource database, int shard) throws SQLException {
        Connection connection = database.getConnection();
        try {
            ShardConnection opened = new ShardConnection(shard, connection);
            opened.jdbc.sql(ALWAYS_BY_INDEX).query((row, number) -> number).single();
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
        return jdbc.sql(TRY_TO_OWN).param("shard", shard).query(Boolean.class).single();
    }

    /** The shard's oldest rows, in order. */
    List<OutboxRow> oldest(int limit) {
        return jdbc.sql(OLDEST)
                .param("shard", shard)
                .param("limit", limit)
                .query(ShardConnection::row)
                .list();
    }

    /** Deletes exactly {@code rows}: others with lower ids may have been committed since these were read. */
    void delete(List<OutboxRow> rows) {
        Object[] ids = rows.stream().map(OutboxRow::id).toArray(Long[]::new);
        jdbc.sql(DELETE)
                .param("shard", shard)
                .param("ids", new SqlArrayValue("int8", ids))
                .update();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static OutboxRow row(ResultSet row, int number) throws SQLException {
        return new OutboxRow(row.getLong("id"), row.getObject("conversation_id", UUID.class), row.getBytes("event"));
    }
}
