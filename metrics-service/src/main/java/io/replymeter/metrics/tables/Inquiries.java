package io.replymeter.metrics.tables;

import static io.replymeter.jdbc.TimeColumns.instantOrNull;
import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.Excuse;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.UnsignedUuid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
            + " client_id, response_message_id, responded_at, asked_at, excused_by, excuse_reason, excused_at)";
    private static final int COLUMN_COUNT = 12;
    private static final String UPSERT = """
            INSERT INTO inquiry%s
            SELECT :generation, provider_id, 'epoch'::timestamptz + opened_at * interval '1 microsecond', conversation_id,
                   initial_message_id, client_id, response_message_id,
                   'epoch'::timestamptz + responded_at * interval '1 microsecond',
                   'epoch'::timestamptz + asked_at * interval '1 microsecond', excused_by, excuse_reason,
                   'epoch'::timestamptz + excused_at * interval '1 microsecond'
            FROM unnest(:providers::uuid[], :openedAt::bigint[], :conversations::uuid[], :initialMessages::uuid[],
                        :clients::uuid[], :responses::uuid[], :respondedAt::bigint[], :askedAt::bigint[],
                        :excusedBy::text[], :excuseReasons::text[], :excusedAt::bigint[])
                AS batch (provider_id, opened_at, conversation_id, initial_message_id, client_id, response_message_id,
                          responded_at, asked_at, excused_by, excuse_reason, excused_at)
            ON CONFLICT (provider_id, opened_at, conversation_id, initial_message_id, client_id, generation) DO UPDATE
            SET response_message_id = excluded.response_message_id, responded_at = excluded.responded_at,
                asked_at = excluded.asked_at, excused_by = excluded.excused_by, excuse_reason = excluded.excuse_reason,
                excused_at = excluded.excused_at
            """.formatted(COLUMNS);
    /** {@code OFFSET 0} keeps the planner from joining the other way round: a look-up for each key, never a scan. */
    private static final String DELETE = """
            DELETE FROM inquiry WHERE generation = :generation AND ctid = ANY (ARRAY (
                SELECT stored.ctid
                FROM unnest(:providers::uuid[], :openedAt::bigint[], :conversations::uuid[], :initialMessages::uuid[],
                            :clients::uuid[])
                    AS batch (provider_id, opened_at, conversation_id, initial_message_id, client_id)
                CROSS JOIN LATERAL (
                    SELECT ctid FROM inquiry
                    WHERE generation = :generation AND provider_id = batch.provider_id
                      AND opened_at = 'epoch'::timestamptz + batch.opened_at * interval '1 microsecond'
                      AND conversation_id = batch.conversation_id AND initial_message_id = batch.initial_message_id
                      AND client_id = batch.client_id
                    OFFSET 0) AS stored))
            """;

    private static final String DELETE_DAYS = """
            DELETE FROM inquiry WHERE generation = :generation AND ctid = ANY (ARRAY (
                SELECT stored.ctid
                FROM unnest(:providers::uuid[], :days::int[]) AS batch (provider_id, day)
                CROSS JOIN LATERAL (SELECT (date '1970-01-01' + batch.day)::timestamp AT TIME ZONE 'UTC' AS at) AS midnight
                CROSS JOIN LATERAL (
                    SELECT ctid FROM inquiry
                    WHERE generation = :generation AND provider_id = batch.provider_id
                      AND opened_at >= midnight.at AND opened_at < midnight.at + interval '24 hours'
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
        return inquiry(row, "");
    }

    /** The same with {@code prefix} before the names of the columns that are not in the key. */
    public static Inquiry inquiry(ResultSet row, String prefix) throws SQLException {
        long openedAt = requireNonNull(micros(row, "opened_at"));
        Long askedAt = micros(row, prefix + "asked_at");
        Long respondedAt = micros(row, prefix + "responded_at");
        Long excusedAt = micros(row, prefix + "excused_at");
        return new Inquiry(
                row.getObject("conversation_id", UUID.class),
                row.getObject("client_id", UUID.class),
                row.getObject("provider_id", UUID.class),
                row.getObject("initial_message_id", UUID.class),
                askedAt == null ? openedAt : askedAt,
                openedAt,
                row.getObject(prefix + "response_message_id", UUID.class),
                respondedAt == null ? openedAt : respondedAt,
                excusedAt == null
                        ? null
                        : new Excuse(
                                Excuse.By.valueOf(row.getString(prefix + "excused_by")),
                                Excuse.Reason.valueOf(row.getString(prefix + "excuse_reason")),
                                excusedAt));
    }

    private static @Nullable Long micros(ResultSet row, String column) throws SQLException {
        Instant time = instantOrNull(row, column);
        return time == null ? null : (Long) Micros.of(time);
    }

    /** @throws org.springframework.dao.DuplicateKeyException when one exists already */
    public void insert(int generation, Collection<Inquiry> inquiries) {
        insertInto("inquiry", generation, inquiries);
    }

    /** Inserts into {@code table}, which has the columns of inquiry. */
    public void insertInto(String table, int generation, Collection<Inquiry> inquiries) {
        bulkInsert.add(
                table + COLUMNS,
                COLUMN_COUNT,
                ordered(inquiries),
                (row, inquiry) -> row.smallint(generation)
                        .uuid(inquiry.providerId())
                        .timestamptz(inquiry.openedAt())
                        .uuid(inquiry.conversationId())
                        .uuid(inquiry.initialMessageId())
                        .uuid(inquiry.clientId())
                        .uuid(inquiry.responseMessageId())
                        .timestamptz(respondedAt(inquiry))
                        .timestamptz(askedAt(inquiry))
                        .text(excusedBy(inquiry))
                        .text(excuseReason(inquiry))
                        .timestamptz(excusedAt(inquiry)));
    }

    /** Inserts inquiries, or replaces what became of those that exist. */
    public void upsert(int generation, Collection<Inquiry> inquiries) {
        if (inquiries.isEmpty()) {
            return;
        }
        List<Inquiry> ordered = ordered(inquiries);
        statement(UPSERT, generation, ordered)
                .param("responses", ArrayParameters.uuids(ordered, Inquiry::responseMessageId))
                .param("respondedAt", ArrayParameters.longs(ordered, Inquiries::respondedAt))
                .param("askedAt", ArrayParameters.longs(ordered, Inquiries::askedAt))
                .param("excusedBy", ArrayParameters.texts(ordered, Inquiries::excusedBy))
                .param("excuseReasons", ArrayParameters.texts(ordered, Inquiries::excuseReason))
                .param("excusedAt", ArrayParameters.longs(ordered, Inquiries::excusedAt))
                .update();
    }

    /** Deletes those inquiries that exist. */
    public void delete(int generation, Collection<Inquiry> inquiries) {
        if (!inquiries.isEmpty()) {
            statement(DELETE, generation, inquiries).update();
        }
    }

    /** Deletes the inquiries of these providers' UTC days. */
    public void deleteDays(int generation, List<DailyMetrics.Key> days) {
        if (!days.isEmpty()) {
            jdbc.sql(DELETE_DAYS)
                    .param("generation", generation)
                    .param("providers", ArrayParameters.uuids(days, DailyMetrics.Key::providerId))
                    .param("days", ArrayParameters.integers(days, DailyMetrics.Key::epochDay))
                    .update();
        }
    }

    private static List<Inquiry> ordered(Collection<Inquiry> inquiries) {
        return inquiries.stream().sorted(KEY_ORDER).toList();
    }

    private static @Nullable Long respondedAt(Inquiry inquiry) {
        return inquiry.isAnswered() ? inquiry.respondedAt() : null;
    }

    private static @Nullable Long askedAt(Inquiry inquiry) {
        return inquiry.askedAt() == inquiry.openedAt() ? null : inquiry.askedAt();
    }

    private static @Nullable String excusedBy(Inquiry inquiry) {
        return inquiry.excuse() == null ? null : inquiry.excuse().by().name();
    }

    private static @Nullable String excuseReason(Inquiry inquiry) {
        return inquiry.excuse() == null ? null : inquiry.excuse().reason().name();
    }

    private static @Nullable Long excusedAt(Inquiry inquiry) {
        return inquiry.excuse() == null ? null : inquiry.excuse().excusedAt();
    }

    private JdbcClient.StatementSpec statement(String sql, int generation, Collection<Inquiry> keys) {
        return jdbc.sql(sql)
                .param("generation", generation)
                .param("providers", ArrayParameters.uuids(keys, Inquiry::providerId))
                .param("openedAt", ArrayParameters.longs(keys, Inquiry::openedAt))
                .param("conversations", ArrayParameters.uuids(keys, Inquiry::conversationId))
                .param("initialMessages", ArrayParameters.uuids(keys, Inquiry::initialMessageId))
                .param("clients", ArrayParameters.uuids(keys, Inquiry::clientId));
    }
}
