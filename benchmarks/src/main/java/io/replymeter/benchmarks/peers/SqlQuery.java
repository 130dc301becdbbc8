package io.replymeter.benchmarks.peers;

import io.replymeter.embedded.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Copies everything into a table of messages, in two threads, then runs one query for all providers. An answer that is up
 * to date needs all of this again.
 */
public final class SqlQuery {

    private static final String TABLES = PeerRun.CREATE_DAILY + """
            ;
            CREATE TABLE message (
                conversation_id uuid NOT NULL, message_id uuid NOT NULL, provider_id uuid NOT NULL,
                from_client boolean NOT NULL, sent_at bigint NOT NULL);
            CREATE TABLE deleted_message (conversation_id uuid NOT NULL, message_id uuid NOT NULL);
            CREATE TABLE deleted_conversation (conversation_id uuid NOT NULL)
            """;
    private static final String SETTINGS = "SET work_mem = '256MB'; SET maintenance_work_mem = '256MB'";
    private static final String ANALYZE = "ANALYZE message, deleted_message, deleted_conversation";

    /**
     * A turn is a message from the provider and what the client asks after it; the provider's next message answers it. Of
     * the questions that could open an inquiry the first one does, and so does each one over 7 days after the last inquiry.
     */
    private static final String INQUIRIES = """
            INSERT INTO daily
            WITH RECURSIVE counted AS (
                SELECT * FROM message m
                WHERE NOT EXISTS (SELECT FROM deleted_conversation d WHERE d.conversation_id = m.conversation_id)
                  AND NOT (from_client AND EXISTS (
                      SELECT FROM deleted_message d
                      WHERE d.conversation_id = m.conversation_id AND d.message_id = m.message_id))
            ), placed AS (
                SELECT *,
                       count(*) FILTER (WHERE NOT from_client) OVER before AS turn,
                       max(sent_at) FILTER (WHERE NOT from_client) OVER before AS provider_at
                FROM counted
                WINDOW before AS (
                    PARTITION BY conversation_id ORDER BY sent_at, NOT from_client, message_id
                    ROWS UNBOUNDED PRECEDING)
            ), turns AS (
                SELECT conversation_id, provider_id, turn, max(provider_at) AS provider_at,
                       array_agg(sent_at ORDER BY sent_at) FILTER (
                           WHERE from_client AND (provider_at IS NULL OR sent_at - provider_at >= 86400000000)) AS asked
                FROM placed
                GROUP BY conversation_id, provider_id, turn
            ), answered AS (
                SELECT *, lead(provider_at) OVER (PARTITION BY conversation_id ORDER BY turn) AS responded_at
                FROM turns
            ), inquiry AS (
                SELECT provider_id, asked[1] AS opened_at, asked, responded_at FROM answered WHERE asked IS NOT NULL
                UNION ALL
                SELECT provider_id, next.opened_at, asked, responded_at
                FROM inquiry
                CROSS JOIN LATERAL (
                    SELECT min(at) AS opened_at FROM unnest(asked) AS at
                    WHERE at > inquiry.opened_at + 604800000000) AS next
                WHERE asked[cardinality(asked)] > inquiry.opened_at + 604800000000
            ), timed AS (
                SELECT provider_id, opened_at / 86400000000 AS day,
                       CASE WHEN responded_at - opened_at <= 604800000000 THEN responded_at - opened_at END AS micros
                FROM inquiry
            )
            SELECT provider_id, day, count(*), count(*) FILTER (WHERE micros <= 86400000000),
                   count(*) FILTER (WHERE micros > 86400000000), coalesce(sum(micros), 0)
            FROM timed
            GROUP BY provider_id, day
            """;

    private SqlQuery() {}

    public static void main(String[] arguments) throws Exception {
        PeerRun run = new PeerRun(arguments);
        Database database = run.task().database();
        try (Connection connection = database.connect();
                Connection first = database.connect();
                Connection second = database.connect()) {
            execute(connection, TABLES);
            run.readTopic(List.of(new MessageCopy(first), new MessageCopy(second)));
            execute(connection, SETTINGS);
            execute(connection, ANALYZE);
            execute(connection, INQUIRIES);
            run.committed();
            run.reportDaily(connection);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
