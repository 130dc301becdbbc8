package io.replymeter.metrics.comparison;

import io.replymeter.metrics.comparison.Differences.RowDifference;
import io.replymeter.metrics.tables.Conversations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Compares the inquiries, row by row. */
final class InquiryComparison {

    static final String LAYER = "inquiry";

    private static final String SINCE = "WHERE opened_at >= :since::date::timestamp AT TIME ZONE 'UTC'";
    private static final String COUNT = "SELECT count(*) FROM inquiry<rebuilt> " + SINCE;

    /** The live generation is asked when a thread began: the topic may have lost the records since. */
    private static final String DIFFERING = """
            SELECT differing.*, known.*
            FROM (SELECT provider_id, opened_at, conversation_id, initial_message_id,
                         live.client_id AS live_client, live.response_message_id AS live_response,
                         live.responded_at AS live_responded_at,
                         rebuilt.client_id AS rebuilt_client, rebuilt.response_message_id AS rebuilt_response,
                         rebuilt.responded_at AS rebuilt_responded_at
                  FROM (SELECT * FROM inquiry<live> %1$s) AS live
                  FULL JOIN (SELECT * FROM inquiry<rebuilt> %1$s) AS rebuilt
                      USING (provider_id, opened_at, conversation_id, initial_message_id)
                  WHERE (live.client_id, live.response_message_id, live.responded_at)
                      IS DISTINCT FROM (rebuilt.client_id, rebuilt.response_message_id, rebuilt.responded_at)
                  ORDER BY provider_id, opened_at, conversation_id, initial_message_id) AS differing
            LEFT JOIN LATERAL (
                SELECT deleted, threads, facts, deletions FROM conversation<live>
                WHERE conversation_id = differing.conversation_id OFFSET 0) AS known ON true
            """.formatted(SINCE);

    private final ComparedTables tables;
    private final Differences differences;

    InquiryComparison(ComparedTables tables, Differences differences) {
        this.tables = tables;
        this.differences = differences;
    }

    void run() {
        differences.compared(LAYER, tables.sql(COUNT).query(Long.class).single());
        tables.sql(DIFFERING).query(this::add);
    }

    private void add(ResultSet row) throws SQLException {
        TopicBeginning beginning = tables.topicBeginning();
        boolean beganBefore =
                row.getBytes("facts") != null && beginning.isAfterFirstOf(Conversations.conversation(row));
        UUID provider = row.getObject("provider_id", UUID.class);
        if (!beginning.isComplete()) {
            differences.cause(provider, beganBefore);
        }
        String key = "provider " + provider + ", opened at "
                + row.getObject("opened_at", OffsetDateTime.class).toInstant() + ", conversation "
                + row.getString("conversation_id") + ", initial message " + row.getString("initial_message_id");
        differences.add(new RowDifference(LAYER, key, text(row, "live_"), text(row, "rebuilt_"), beganBefore));
    }

    private static String text(ResultSet row, String prefix) throws SQLException {
        String client = row.getString(prefix + "client");
        if (client == null) {
            return "missing";
        }
        OffsetDateTime respondedAt = row.getObject(prefix + "responded_at", OffsetDateTime.class);
        return "client " + client
                + (respondedAt == null
                        ? ", no response"
                        : ", response " + row.getString(prefix + "response") + " at " + respondedAt.toInstant());
    }
}
