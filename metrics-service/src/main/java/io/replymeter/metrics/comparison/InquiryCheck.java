package io.replymeter.metrics.comparison;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.Inquiry;
import io.replymeter.metrics.comparison.Integrity.Differences;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.tables.Conversations;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Folds every conversation again and holds the result against the stored inquiries. */
final class InquiryCheck {

    private static final int FETCH = 1_000;

    private static final String CONVERSATIONS = """
            SELECT conversation_id, deleted, threads, facts, deletions FROM conversation WHERE generation = ?
            ORDER BY conversation_id
            """;
    private static final String DERIVED = """
            CREATE TEMPORARY TABLE derived_inquiry (
                provider_id uuid, opened_at bigint, conversation_id uuid, initial_message_id uuid, client_id uuid,
                response_message_id uuid, responded_at bigint) ON COMMIT DROP
            """;
    private static final String COPY = "COPY derived_inquiry FROM STDIN";
    /** The service's connections join by key alone; this compares two whole tables. */
    private static final String JOIN_WHOLE_TABLES = "SET LOCAL enable_hashjoin = on";

    private static final String COMPARE = """
            SELECT coalesce(stored.conversation_id, derived.conversation_id) AS conversation_id,
                   coalesce(stored.initial_message_id, derived.initial_message_id) AS initial_message_id,
                   coalesce(stored.row, 'missing') AS stored, coalesce(derived.row, 'missing') AS derived
            FROM (SELECT conversation_id, initial_message_id,
                         ROW (provider_id, opened_at, client_id, response_message_id, responded_at)::text AS row
                  FROM inquiry
                  WHERE generation = ? AND opened_at >= 'epoch'::timestamptz + ? * interval '1 microsecond') AS stored
            FULL JOIN (
                  SELECT conversation_id, initial_message_id,
                         ROW (provider_id, 'epoch'::timestamptz + opened_at * interval '1 microsecond', client_id,
                              response_message_id,
                              'epoch'::timestamptz + responded_at * interval '1 microsecond')::text AS row
                  FROM derived_inquiry) AS derived
              ON stored.conversation_id = derived.conversation_id
             AND stored.initial_message_id = derived.initial_message_id
             AND stored.row = derived.row
            WHERE stored.row IS NULL OR derived.row IS NULL
            ORDER BY 1, 2
            """;

    private final Connection connection;
    private final Generation generation;
    private final long since;
    private final Differences differences;
    private long conversations;
    private long derived;

    InquiryCheck(Connection connection, Generation generation, long since, Differences differences) {
        this.connection = connection;
        this.generation = generation;
        this.since = since;
        this.differences = differences;
    }

    void run() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(DERIVED);
            statement.execute(JOIN_WHOLE_TABLES);
        }
        derive();
        compare();
    }

    /** How many conversations were folded. */
    long conversations() {
        return conversations;
    }

    /** How many inquiries they derive. */
    long derived() {
        return derived;
    }

    /** Page by page: a connection that copies cannot read. */
    private void derive() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(CONVERSATIONS)) {
            query.setFetchSize(FETCH);
            query.setInt(1, generation.number());
            try (ResultSet rows = query.executeQuery()) {
                StringBuilder page = new StringBuilder();
                while (rows.next()) {
                    derive(rows, page);
                    if (++conversations % FETCH == 0) {
                        copy(page);
                    }
                }
                copy(page);
            }
        }
    }

    private void derive(ResultSet row, StringBuilder page) throws SQLException {
        Conversation conversation = Conversations.conversation(row);
        for (Inquiry inquiry : conversation.inquiries(generation.ruleset())) {
            if (inquiry.openedAt() >= since) {
                derived++;
                append(inquiry, page);
            }
        }
    }

    private static void append(Inquiry inquiry, StringBuilder page) {
        page.append(inquiry.providerId()).append('\t');
        page.append(inquiry.openedAt()).append('\t');
        page.append(inquiry.conversationId()).append('\t');
        page.append(inquiry.initialMessageId()).append('\t');
        page.append(inquiry.clientId()).append('\t');
        page.append(inquiry.isAnswered() ? inquiry.responseMessageId() : "\\N").append('\t');
        page.append(inquiry.isAnswered() ? inquiry.respondedAt() : "\\N").append('\n');
    }

    private void copy(StringBuilder page) throws SQLException {
        byte[] rows = page.toString().getBytes(StandardCharsets.UTF_8);
        page.setLength(0);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        copy.writeToCopy(rows, 0, rows.length);
        copy.endCopy();
    }

    private void compare() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COMPARE)) {
            query.setFetchSize(FETCH);
            query.setInt(1, generation.number());
            query.setLong(2, since);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    differences.add(
                            "inquiry",
                            "conversation " + rows.getString("conversation_id") + ", initial message "
                                    + rows.getString("initial_message_id"),
                            rows.getString("stored"),
                            rows.getString("derived"));
                }
            }
        }
    }
}
