package io.replymeter.metrics.ingest;

import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.UnsignedUuid;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The inquiries, as the facts derive them. Thread-safe. */
@Repository
public class Inquiries {

    private static final String COLUMNS = "inquiry (generation, provider_id, opened_at, conversation_id,"
            + " initial_message_id, client_id, response_message_id, responded_at)";
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
    /** {@code OFFSET 0} keeps the planner from joining the other way round: a look-up for each key, never a scan. */
    private static final String DELETE = """
            DELETE FROM inquiry WHERE generation = ? AND ctid = ANY (ARRAY (
                SELECT stored.ctid
                FROM unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::uuid[])
                    AS batch (provider_id, opened_at, conversation_id, initial_message_id)
                CROSS JOIN LATERAL (
                    SELECT ctid FROM inquiry
                    WHERE generation = ? AND provider_id = batch.provider_id
                      AND opened_at = 'epoch'::timestamptz + batch.opened_at * interval '1 microsecond'
                      AND conversation_id = batch.conversation_id AND initial_message_id = batch.initial_message_id
                    OFFSET 0) AS stored))
            """;

    /** Neighbours in the key's index are written one after the other: in a large batch, half the work. */
    private static final Comparator<Inquiry> IN_KEY_ORDER =
            Comparator.comparing(Inquiry::providerId, UnsignedUuid.ORDER).thenComparingLong(Inquiry::openedAt);

    private final JdbcClient jdbc;
    private final NewRows newRows;

    Inquiries(JdbcClient jdbc, NewRows newRows) {
        this.jdbc = jdbc;
        this.newRows = newRows;
    }

    /** @throws org.springframework.dao.DuplicateKeyException when one is there already */
    void insert(int generation, Collection<Inquiry> inquiries) {
        newRows.add(
                COLUMNS,
                8,
                ordered(inquiries),
                (row, inquiry) -> row.smallint(generation)
                        .uuid(inquiry.providerId())
                        .timestamptz(inquiry.openedAt())
                        .uuid(inquiry.conversationId())
                        .uuid(inquiry.initialMessageId())
                        .uuid(inquiry.clientId())
                        .uuid(inquiry.responseMessageId())
                        .timestamptz(respondedAt(inquiry)));
    }

    void upsert(int generation, Collection<Inquiry> inquiries) {
        if (inquiries.isEmpty()) {
            return;
        }
        List<Inquiry> ordered = ordered(inquiries);
        key(jdbc.sql(UPSERT).param(generation), ordered)
                .param(Columns.uuids(ordered, Inquiry::clientId))
                .param(Columns.uuids(ordered, Inquiry::responseMessageId))
                .param(Columns.longs(ordered, Inquiries::respondedAt))
                .update();
    }

    /** Removes those that are there. */
    public void delete(int generation, Collection<Inquiry> inquiries) {
        if (!inquiries.isEmpty()) {
            key(jdbc.sql(DELETE).param(generation), inquiries).param(generation).update();
        }
    }

    private static List<Inquiry> ordered(Collection<Inquiry> inquiries) {
        return inquiries.stream().sorted(IN_KEY_ORDER).toList();
    }

    private static @Nullable Long respondedAt(Inquiry inquiry) {
        return inquiry.isAnswered() ? inquiry.respondedAt() : null;
    }

    private static JdbcClient.StatementSpec key(JdbcClient.StatementSpec statement, Collection<Inquiry> inquiries) {
        return statement
                .param(Columns.uuids(inquiries, Inquiry::providerId))
                .param(Columns.longs(inquiries, Inquiry::openedAt))
                .param(Columns.uuids(inquiries, Inquiry::conversationId))
                .param(Columns.uuids(inquiries, Inquiry::initialMessageId));
    }
}
