package io.replymeter.metrics.ingest;

import io.replymeter.metrics.ingest.DecodedRecord.Refused;
import io.replymeter.metrics.ingest.QuarantinedRecords.HeaderEntry;
import io.replymeter.metrics.tables.ArrayParameters;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps records that break the contract or cannot be applied, with the reason: the table quarantine, which {@link
 * QuarantinedRecords} reads. Thread-safe.
 */
@Repository
public class Quarantine {

    private static final String INSERT = """
            INSERT INTO quarantine (topic_id, partition, record_offset, appended_at, record_key, record_value, headers,
                                    reason, detail, conversation_id, provider_id)
            SELECT :topicId, partition, record_offset, 'epoch'::timestamptz + appended_at * interval '1 millisecond',
                   record_key, record_value, headers::jsonb, reason, detail, conversation_id, provider_id
            FROM unnest(:partitions::int[], :offsets::bigint[], :appendedAt::bigint[], :keys::bytea[], :values::bytea[],
                        :headers::text[], :reasons::text[], :details::text[], :conversations::uuid[],
                        :providers::uuid[])
                AS batch (partition, record_offset, appended_at, record_key, record_value, headers, reason, detail,
                          conversation_id, provider_id)
            ON CONFLICT (topic_id, partition, record_offset) DO NOTHING
            """;

    /** How much there is, so that a flood of bad records fills no disk. */
    private static final String SIZE = """
            SELECT count(*) AS records, coalesce(sum(octet_length(record_value)), 0) AS bytes FROM quarantine
            WHERE discarded_at IS NULL
            """;

    private static final int MOST_RECORDS = 100_000;
    private static final long MOST_BYTES = 256L << 20;

    private static final String DELETE_APPENDED_BEFORE = """
            DELETE FROM quarantine WHERE id IN (
                SELECT id FROM quarantine WHERE appended_at < :limit ORDER BY id LIMIT :most)
            """;

    private static final String COUNTS = """
            SELECT reason, count(*) FROM quarantine
            WHERE replayed_at IS NULL AND discarded_at IS NULL GROUP BY reason
            """;

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
        List<Subject> subjects =
                entries.stream().map(entry -> Subject.of(entry.record())).toList();
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
                .param("conversations", ArrayParameters.uuids(subjects, Subject::conversationId))
                .param("providers", ArrayParameters.uuids(subjects, Subject::providerId))
                .update();
    }

    /** Deletes at most {@code most} records that were appended before {@code limit}; returns how many. */
    public int deleteAppendedBefore(Instant limit, int most) {
        return jdbc.sql(DELETE_APPENDED_BEFORE)
                .param("limit", limit.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }

    /** How many records of each reason wait for somebody's decision: neither published again nor discarded. */
    public Map<QuarantineReason, Long> counts() {
        Map<QuarantineReason, Long> counts = new EnumMap<>(QuarantineReason.class);
        jdbc.sql(COUNTS).query(row -> {
            counts.put(QuarantineReason.valueOf(row.getString("reason")), row.getLong("count"));
        });
        return counts;
    }

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
}
