package io.replymeter.metrics.ingest;

import static io.replymeter.jdbc.TimeColumns.instant;
import static io.replymeter.jdbc.TimeColumns.instantOrNull;

import io.replymeter.metrics.ingest.DecodedRecord.Refused;
import io.replymeter.metrics.tables.ArrayParameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Records that break the contract or cannot be applied, kept with the reason: the table quarantine. Thread-safe. */
@Repository
public class Quarantine {

    private static final String INSERT = """
            INSERT INTO quarantine (topic_id, partition, record_offset, appended_at, record_key, record_value, headers,
                                    reason, detail)
            SELECT :topicId, partition, record_offset, 'epoch'::timestamptz + appended_at * interval '1 millisecond',
                   record_key, record_value, headers::jsonb, reason, detail
            FROM unnest(:partitions::int[], :offsets::bigint[], :appendedAt::bigint[], :keys::bytea[], :values::bytea[],
                        :headers::text[], :reasons::text[], :details::text[])
                AS batch (partition, record_offset, appended_at, record_key, record_value, headers, reason, detail)
            ON CONFLICT (topic_id, partition, record_offset) DO NOTHING
            """;

    /** How much there is, so that a flood of bad records fills no disk. */
    private static final String SIZE = """
            SELECT count(*) AS records, coalesce(sum(octet_length(record_value)), 0) AS bytes FROM quarantine
            """;

    private static final int MOST_RECORDS = 100_000;
    private static final long MOST_BYTES = 256L << 20;

    private static final String DELETE_APPENDED_BEFORE = """
            DELETE FROM quarantine WHERE id IN (
                SELECT id FROM quarantine WHERE appended_at < :limit ORDER BY id LIMIT :most)
            """;

    /** Without the key and the value, which may have a megabyte each. */
    private static final String COLUMNS =
            "id, partition, record_offset, appended_at, octet_length(record_key) AS key_bytes,"
                    + " octet_length(record_value) AS value_bytes, reason, detail, replayed_at";

    private static final String PAGE =
            "SELECT " + COLUMNS + " FROM quarantine WHERE id > :after ORDER BY id LIMIT :limit";
    private static final String WHOLE =
            "SELECT " + COLUMNS + ", record_key, record_value FROM quarantine WHERE id = :id";
    private static final String RECORD =
            "SELECT record_key, record_value, headers FROM quarantine WHERE id = :id AND reason <> 'TOO_LARGE'";
    private static final String MARK = "UPDATE quarantine SET replayed_at = now() WHERE id = :id RETURNING " + COLUMNS;

    private static final String COUNTS =
            "SELECT reason, count(*) FROM quarantine WHERE replayed_at IS NULL GROUP BY reason";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Quarantine(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A record and why it was refused. */
    record Entry(ConsumerRecord<byte[], byte[]> record, Refused refused) {}

    /**
     * Keeps each record once, however many generations read it.
     *
     * @return those for which there is no room
     */
    List<Entry> add(String topicId, List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        int kept = withRoomFor(entries);
        insert(topicId, entries.subList(0, kept));
        return entries.subList(kept, entries.size());
    }

    private int withRoomFor(List<Entry> entries) {
        return jdbc.sql(SIZE)
                .query((row, number) -> {
                    long records = row.getLong("records");
                    long bytes = row.getLong("bytes");
                    int kept = 0;
                    while (kept < entries.size() && records < MOST_RECORDS && bytes < MOST_BYTES) {
                        byte[] value = entries.get(kept++).record().value();
                        records++;
                        bytes += value == null ? 0 : value.length;
                    }
                    return kept;
                })
                .single();
    }

    private void insert(String topicId, List<Entry> entries) {
        jdbc.sql(INSERT)
                .param("topicId", topicId)
                .param(
                        "partitions",
                        ArrayParameters.integers(
                                entries, entry -> entry.record().partition()))
                .param(
                        "offsets",
                        ArrayParameters.longs(entries, entry -> entry.record().offset()))
                .param(
                        "appendedAt",
                        ArrayParameters.longs(entries, entry -> entry.record().timestamp()))
                .param(
                        "keys",
                        ArrayParameters.bytes(entries, entry -> entry.record().key()))
                .param(
                        "values",
                        ArrayParameters.bytes(entries, entry -> entry.record().value()))
                .param("headers", ArrayParameters.texts(entries, entry -> headers(entry.record())))
                .param(
                        "reasons",
                        ArrayParameters.texts(
                                entries, entry -> entry.refused().reason().name()))
                .param(
                        "details",
                        ArrayParameters.texts(entries, entry -> entry.refused().detail()))
                .update();
    }

    /** Deletes at most {@code most} records that were appended before {@code limit}; returns how many. */
    public int deleteAppendedBefore(Instant limit, int most) {
        return jdbc.sql(DELETE_APPENDED_BEFORE)
                .param("limit", limit.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }

    /** How many records there are of each reason that were not published again. */
    public Map<QuarantineReason, Long> counts() {
        Map<QuarantineReason, Long> counts = new EnumMap<>(QuarantineReason.class);
        jdbc.sql(COUNTS).query(row -> {
            counts.put(QuarantineReason.valueOf(row.getString("reason")), row.getLong("count"));
        });
        return counts;
    }

    /** A header's name, and its value in base64; a name may repeat. */
    private record HeaderEntry(String name, String value) {}

    private String headers(ConsumerRecord<?, ?> record) {
        List<HeaderEntry> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            byte[] value = header.value() == null ? new byte[0] : header.value();
            // PostgreSQL's JSON has no U+0000.
            headers.add(new HeaderEntry(
                    header.key().replace("\0", ""), Base64.getEncoder().encodeToString(value)));
        }
        return json.writeValueAsString(headers);
    }

    /**
     * A record in the quarantine, without its key and value.
     *
     * @param keyBytes how long the key is; null if there is none
     * @param valueBytes how long the value is; null if there is none
     * @param replayedAt null until it was published again
     */
    record Quarantined(
            long id,
            int partition,
            long offset,
            Instant appendedAt,
            @Nullable Integer keyBytes,
            @Nullable Integer valueBytes,
            String reason,
            String detail,
            @Nullable Instant replayedAt) {}

    /** It may hold anything: it is shown in base64 to those who may see it, and never logged. */
    record Whole(
            Quarantined record,
            @Nullable String key,
            @Nullable String value) {}

    /** At most {@code limit} records after the one of id {@code after}, by id. */
    List<Quarantined> page(long after, int limit) {
        return jdbc.sql(PAGE)
                .param("after", after)
                .param("limit", limit)
                .query(Quarantine::quarantined)
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

    /** Notes that the record was published again. */
    Quarantined markReplayed(long id) {
        return jdbc.sql(MARK).param("id", id).query(Quarantine::quarantined).single();
    }

    private static Quarantined quarantined(ResultSet row, int rowNumber) throws SQLException {
        Instant replayedAt = instantOrNull(row, "replayed_at");
        return new Quarantined(
                row.getLong("id"),
                row.getInt("partition"),
                row.getLong("record_offset"),
                instant(row, "appended_at"),
                row.getObject("key_bytes", Integer.class),
                row.getObject("value_bytes", Integer.class),
                row.getString("reason"),
                row.getString("detail"),
                replayedAt);
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
