package io.replymeter.metrics.ingest;

import static io.replymeter.jdbc.TimeColumns.instant;
import static io.replymeter.jdbc.TimeColumns.instantOrNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What people see of the quarantine, and decide about it. Thread-safe. */
@Repository
public class QuarantinedRecords {

    /** Without the key and the value, which may have a megabyte each. */
    private static final String COLUMNS = """
            id, partition, record_offset, appended_at, octet_length(record_key) AS key_bytes,
            octet_length(record_value) AS value_bytes, reason, detail, conversation_id, provider_id, replayed_at
            """;

    private static final String PAGE = "SELECT " + COLUMNS + """
            FROM quarantine WHERE id > :after AND discarded_at IS NULL AND (:reason::text IS NULL OR reason = :reason)
            ORDER BY id LIMIT :limit
            """;
    private static final String WHOLE =
            "SELECT " + COLUMNS + ", record_key, record_value FROM quarantine WHERE id = :id AND discarded_at IS NULL";
    private static final String RECORD = """
            SELECT record_key, record_value, headers FROM quarantine
            WHERE id = :id AND reason <> 'TOO_LARGE' AND discarded_at IS NULL
            """;
    private static final String MARK = "UPDATE quarantine SET replayed_at = now() WHERE id = :id RETURNING " + COLUMNS;
    private static final String DISCARD = """
            UPDATE quarantine SET discarded_at = now(), record_key = NULL, record_value = NULL, headers = '[]'
            WHERE id = :id AND discarded_at IS NULL
            """;

    private static final String CONCERNED = """
            SELECT conversation_id, provider_id, count(*) AS records, min(appended_at) AS since FROM quarantine
            WHERE replayed_at IS NULL AND discarded_at IS NULL
            GROUP BY conversation_id, provider_id ORDER BY since LIMIT :most
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    QuarantinedRecords(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A record in the quarantine, without its key and value.
     *
     * @param keyBytes how long the key is; null if there is none
     * @param valueBytes how long the value is; null if there is none
     * @param conversationId of the conversation it belongs to; null if it does not say
     * @param providerId the provider whose numbers it may concern; null if it does not say
     * @param replayedAt null until it was published again
     */
    record Quarantined(
            long id,
            int partition,
            long offset,
            Instant appendedAt,
            @Nullable Integer keyBytes,
            @Nullable Integer valueBytes,
            QuarantineReason reason,
            String detail,
            @Nullable UUID conversationId,
            @Nullable UUID providerId,
            @Nullable Instant replayedAt) {}

    /** It may hold anything: it is shown in base64 to those who may see it, and never logged. */
    record Whole(
            Quarantined record,
            @Nullable String key,
            @Nullable String value) {}

    /** At most {@code limit} records after the one of id {@code after}, by id; of one reason, or of all if it is null. */
    List<Quarantined> page(long after, int limit, @Nullable QuarantineReason reason) {
        return jdbc.sql(PAGE)
                .param("after", after)
                .param("limit", limit)
                .param("reason", reason == null ? null : reason.name())
                .query(QuarantinedRecords::quarantined)
                .list();
    }

    /** The record of that id with its key and value, if there is one. */
    Optional<Whole> find(long id) {
        return jdbc.sql(WHOLE)
                .param("id", id)
                .query((row, number) -> new Whole(
                        quarantined(row, number),
                        base64(row.getBytes("record_key")),
                        base64(row.getBytes("record_value"))))
                .optional();
    }

    /** The record as it was, to be sent to {@code topic}; empty if there is none of that id, or only its beginning. */
    Optional<ProducerRecord<byte[], byte[]>> record(long id, String topic) {
        return jdbc.sql(RECORD)
                .param("id", id)
                .query((row, number) -> {
                    var record = new ProducerRecord<>(topic, row.getBytes("record_key"), row.getBytes("record_value"));
                    for (HeaderEntry header : json.readValue(row.getString("headers"), HeaderEntry[].class)) {
                        record.headers().add(header.name(), Base64.getDecoder().decode(header.value()));
                    }
                    return record;
                })
                .optional();
    }

    /** A header's name, and its value in base64; a name may repeat. */
    record HeaderEntry(String name, String value) {}

    /** Notes that the record was published again. */
    Quarantined markReplayed(long id) {
        return jdbc.sql(MARK)
                .param("id", id)
                .query(QuarantinedRecords::quarantined)
                .single();
    }

    /** Forgets the record's content, and that it matters. Returns whether there was one of that id. */
    boolean discard(long id) {
        return jdbc.sql(DISCARD).param("id", id).update() == 1;
    }

    /**
     * Records that wait and are about the same.
     *
     * @param since the append time of the first
     */
    public record Concerned(
            @Nullable UUID conversationId, @Nullable UUID providerId, long records, Instant since) {}

    /** Whom the waiting records are about: at most {@code most}, those who have waited longest. */
    public List<Concerned> concerned(int most) {
        return jdbc.sql(CONCERNED)
                .param("most", most)
                .query((row, number) -> new Concerned(
                        row.getObject("conversation_id", UUID.class),
                        row.getObject("provider_id", UUID.class),
                        row.getLong("records"),
                        instant(row, "since")))
                .list();
    }

    private static Quarantined quarantined(ResultSet row, int rowNumber) throws SQLException {
        return new Quarantined(
                row.getLong("id"),
                row.getInt("partition"),
                row.getLong("record_offset"),
                instant(row, "appended_at"),
                row.getObject("key_bytes", Integer.class),
                row.getObject("value_bytes", Integer.class),
                QuarantineReason.valueOf(row.getString("reason")),
                row.getString("detail"),
                row.getObject("conversation_id", UUID.class),
                row.getObject("provider_id", UUID.class),
                instantOrNull(row, "replayed_at"));
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
