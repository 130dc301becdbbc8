package io.replymeter.metrics.ingest;

import io.replymeter.metrics.response.Inquiry;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** The inquiries, as the facts derive them. Thread-safe. */
@Repository
public class Inquiries {

    private static final String UPSERT = """
            INSERT INTO inquiry (generation, provider_id, opened_at, conversation_id, initial_message_id, client_id,
                                 response_message_id, responded_at)
            SELECT ?, provider_id, 'epoch'::timestamptz + opened_at * interval '1 microsecond', conversation_id,
                   initial_message_id, client_id, response_message_id,
                   'epoch'::timestamptz + responded_at * interval '1 microsecond'
            FROM unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[])
                AS batch (provider_id, opened_at, conversation_id, initial_message_id, client_id, response_message_id,
                          responded_at)
            ON CONFLICT (provider_id, opened_at, conversation_id, initial_message_id, generation) DO UPDATE
            SET client_id = excluded.client_id, response_message_id = excluded.response_message_id,
                responded_at = excluded.responded_at
            """;
    private static final String DELETE = """
            DELETE FROM inquiry AS stored
            USING unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::uuid[])
                AS batch (provider_id, opened_at, conversation_id, initial_message_id)
            WHERE stored.generation = ? AND stored.provider_id = batch.provider_id
              AND stored.opened_at = 'epoch'::timestamptz + batch.opened_at * interval '1 microsecond'
              AND stored.conversation_id = batch.conversation_id
              AND stored.initial_message_id = batch.initial_message_id
            """;

    private final JdbcClient jdbc;

    Inquiries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void upsert(int generation, Collection<Inquiry> inquiries) {
        if (inquiries.isEmpty()) {
            return;
        }
        key(jdbc.sql(UPSERT).param(generation), inquiries)
                .param(array("uuid", inquiries, Inquiry::clientId))
                .param(array("uuid", inquiries, Inquiry::responseMessageId))
                .param(array("int8", inquiries, inquiry -> inquiry.isAnswered() ? inquiry.respondedAt() : null))
                .update();
    }

    /** Removes those that are there. */
    public void delete(int generation, Collection<Inquiry> inquiries) {
        if (!inquiries.isEmpty()) {
            key(jdbc.sql(DELETE), inquiries).param(generation).update();
        }
    }

    private static JdbcClient.StatementSpec key(JdbcClient.StatementSpec statement, Collection<Inquiry> inquiries) {
        return statement
                .param(array("uuid", inquiries, Inquiry::providerId))
                .param(array("int8", inquiries, Inquiry::openedAt))
                .param(array("uuid", inquiries, Inquiry::conversationId))
                .param(array("uuid", inquiries, Inquiry::initialMessageId));
    }

    private static SqlArrayValue array(
            String type, Collection<Inquiry> inquiries, Function<Inquiry, @Nullable Object> column) {
        return new SqlArrayValue(type, inquiries.stream().map(column).toArray());
    }
}
