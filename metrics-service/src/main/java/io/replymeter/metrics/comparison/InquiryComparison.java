package io.replymeter.metrics.comparison;

import static io.replymeter.jdbc.TimeColumns.instant;

import io.replymeter.measurement.Excuse;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.metrics.comparison.Differences.RowDifference;
import io.replymeter.metrics.tables.Conversations;
import io.replymeter.metrics.tables.Inquiries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Compares the inquiries, row by row. */
final class InquiryComparison {

    static final String LAYER = "inquiry";

    private static final String SINCE = "WHERE opened_at >= :since::date::timestamp AT TIME ZONE 'UTC'";
    private static final String COUNT = "SELECT count(*) FROM inquiry<rebuilt> " + SINCE;

    /** The live generation is asked when a thread began: the topic may have lost the records since. */
    private static final String DIFFERING = """
            SELECT differing.*, known.*
            FROM (SELECT provider_id, opened_at, conversation_id, initial_message_id, client_id,
                         live.generation IS NOT NULL AS live_exists, rebuilt.generation IS NOT NULL AS rebuilt_exists,
                         live.response_message_id AS live_response_message_id, live.responded_at AS live_responded_at,
                         live.asked_at AS live_asked_at, live.excused_by AS live_excused_by,
                         live.excuse_reason AS live_excuse_reason, live.excused_at AS live_excused_at,
                         rebuilt.response_message_id AS rebuilt_response_message_id,
                         rebuilt.responded_at AS rebuilt_responded_at, rebuilt.asked_at AS rebuilt_asked_at,
                         rebuilt.excused_by AS rebuilt_excused_by, rebuilt.excuse_reason AS rebuilt_excuse_reason,
                         rebuilt.excused_at AS rebuilt_excused_at
                  FROM (SELECT * FROM inquiry<live> %1$s) AS live
                  FULL JOIN (SELECT * FROM inquiry<rebuilt> %1$s) AS rebuilt
                      USING (provider_id, opened_at, conversation_id, initial_message_id, client_id)
                  WHERE live.generation IS NULL OR rebuilt.generation IS NULL
                     OR (live.response_message_id, live.responded_at, live.asked_at, live.excused_by, live.excuse_reason,
                         live.excused_at)
                      IS DISTINCT FROM (rebuilt.response_message_id, rebuilt.responded_at, rebuilt.asked_at,
                                        rebuilt.excused_by, rebuilt.excuse_reason, rebuilt.excused_at)
                  ORDER BY provider_id, opened_at, conversation_id, initial_message_id, client_id) AS differing
            LEFT JOIN LATERAL (
                SELECT deleted, threads, facts, deletions, extras FROM conversation<live>
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
                + instant(row, "opened_at") + ", conversation "
                + row.getString("conversation_id") + ", initial message " + row.getString("initial_message_id")
                + ", client "
                + row.getString("client_id");
        differences.add(new RowDifference(LAYER, key, text(row, "live_"), text(row, "rebuilt_"), beganBefore));
    }

    private static String text(ResultSet row, String prefix) throws SQLException {
        if (!row.getBoolean(prefix + "exists")) {
            return "missing";
        }
        Inquiry inquiry = Inquiries.inquiry(row, prefix);
        String asked = "asked at " + Micros.instant(inquiry.askedAt());
        if (inquiry.isAnswered()) {
            return asked + ", response " + inquiry.responseMessageId() + " at " + Micros.instant(inquiry.respondedAt());
        }
        Excuse excuse = inquiry.excuse();
        return excuse == null
                ? asked + ", no response"
                : asked + ", excused by " + excuse.by() + " at " + Micros.instant(excuse.excusedAt()) + ", "
                        + excuse.reason();
    }
}
