package io.replymeter.metrics.tables;

import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.UnsignedUuid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The inquiries that the facts derive: the table inquiry. Thread-safe. */
@Repository
public class Inquiries {

    private static final String COLUMNS = " (generation, provider_id, opened_at, conversation_id, initial_message_id,"
            + " client_id, response_message_id, responded_at)";
    private static final String UPSERT = """
            INSERT INTO inquiry%s
            SELECT :generation, provider_id, 'epoch'::timestamptz + opened_at * interval '1 microsecond', conversation_id,
                   initial_message_id, client_id, response_message_id,
                   'epoch'::timestamptz + responded_at * interval '1 microsecond'
            FROM unnest(:providers::uuid[], :openedAt::bigint[], :conversations::uuid[], :initialMessages::uuid[],
                        :clients::uuid[], :responses::uuid[], :respondedAt::bigint[])
                AS batch (provider_id, opened_at, conversation_id, initial_message_id, client_id, response_message_id,
                          responded_at)
            ON CONFLICT (provider_id, opened_at, conversation_id, initial_message_id, generation) DO UPDATE
            SET client_id = excluded.client_id, response_message_id = excluded.response_message_id,
                responded_at = excluded.responded_at
            """.formatted(COLUMNS);
    /** {@code OFFSET 0} keeps the planner from joining the other way round: a look-up for each key, never a scan. */
    private static final String DELETE = """
            DELETE FROM inquiry WHERE generation = :generation AND ctid = ANY (ARRAY (
                SELECT stored.ctid
                FROM unnest(:providers::uuid[], :openedAt::bigint[], :conversations::uuid[], :initialMessages::uuid[])
                    AS batch (provider_id, opened_at, conversation_id, initial_message_id)
                CROSS JOIN LATERAL (
                    SELECT ctid FROM inquiry
                    WHERE generation = :generation AND provider_id = batch.provider_id
                      AND opened_at = 'epoch'::timestamptz + batch.opened_at * interval '1 microsecond'
                      AND conversation_id = batch.conversation_id AND initial_message_id = batch.initial_message_id
                    OFFSET 0) AS stored))
            """;

    /** Neighbours in the key's index are written one after the other, which halves the work of a large batch. */
    private static final Comparator<Inquiry> KEY_ORDER =
            Comparator.comparing(Inquiry::providerId, UnsignedUuid.ORDER).thenComparingLong(Inquiry::openedAt);

    private final JdbcClient jdbc;
    private final BulkInsert bulkInsert;

    Inquiries(JdbcClient jdbc, BulkInsert bulkInsert) {
        this.jdbc = jdbc;
        this.bulkInsert = bulkInsert;
    }

    /** A row with all columns of inquiry. */
    public static Inquiry inquiry(ResultSet row) throws SQLException {
        long openedAt =
                Micros.of(row.getObject("opened_at", OffsetDateTime.class).toInstant());
        OffsetDateTime respondedAt = row.getObject("responded_at", OffsetDateTime.class);
        return new Inquiry(
                row.getObject("conversation_id", UUID.class),
                row.getObject("client_id", UUID.class),
                row.getObject("provider_id", UUID.class),
                row.getObject("initial_message_id", UUID.class),
                openedAt,
                row.getObject("response_message_id", UUID.class),
                respondedAt == null ? openedAt : Micros.of(respondedAt.toInstant()));
    }

    /** @throws org.springframework.dao.DuplicateKeyException when one exists already */
    public void insert(int generation, Collection<Inquiry> inquiries) {
        insertInto("inquiry", generation, inquiries);
    }

    /** Inserts into {@code table}, which has the columns of inquiry. */
    public void insertInto(String table, int generation, Collection<Inquiry> inquiries) {
        bulkInsert.add(
                table + COLUMNS,
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

    /** Inserts inquiries, or replaces the response of those that exist. */
    public void upsert(int generation, Collection<Inquiry> inquiries) {
        if (inquiries.isEmpty()) {
            return;
        }
        List<Inquiry> ordered = ordered(inquiries);
        statement(UPSERT, generation, ordered)
                .param("clients", ArrayParameters.uuids(ordered, Inquiry::clientId))
                .param("responses", ArrayParameters.uuids(ordered, Inquiry::responseMessageId))
                .param("respondedAt", ArrayParameters.longs(ordered, Inquiries::respondedAt))
                .update();
    }

    /** Deletes those inquiries that exist. */
    public void delete(int generation, Collection<Inquiry> inquiries) {
        if (!inquiries.isEmpty()) {
            statement(DELETE, generation, inquiries).update();
        }
    }

    private static List<Inquiry> ordered(Collection<Inquiry> inquiries) {
        return inquiries.stream().sorted(KEY_ORDER).toList();
    }

    private static @Nullable Long respondedAt(Inquiry inquiry) {
        return inquiry.isAnswered() ? inquiry.respondedAt() : null;
    }

    private JdbcClient.StatementSpec statement(String sql, int generation, Collection<Inquiry> keys) {
        return jdbc.sql(sql)
                .param("generation", generation)
                .param("providers", ArrayParameters.uuids(keys, Inquiry::providerId))
                .param("openedAt", ArrayParameters.longs(keys, Inquiry::openedAt))
                .param("conversations", ArrayParameters.uuids(keys, Inquiry::conversationId))
                .param("initialMessages", ArrayParameters.uuids(keys, Inquiry::initialMessageId));
    }
}
