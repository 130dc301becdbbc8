package io.replymeter.metrics.ingest;

import io.replymeter.metrics.ingest.Intake.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Records that break the contract, kept whole with the reason. */
@Repository
class Quarantine {

    private static final String INSERT = """
            INSERT INTO quarantine (topic_id, partition, record_offset, appended_at, record_key, record_value, headers,
                                    reason, detail)
            SELECT ?, partition, record_offset, 'epoch'::timestamptz + appended_at * interval '1 millisecond',
                   record_key, record_value, headers::jsonb, reason, detail
            FROM unnest(?::int[], ?::bigint[], ?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::text[], ?::text[])
                AS batch (partition, record_offset, appended_at, record_key, record_value, headers, reason, detail)
            ON CONFLICT (topic_id, partition, record_offset) DO NOTHING
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Quarantine(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A record and why it was refused. */
    record Entry(ConsumerRecord<byte[], byte @Nullable []> record, Refused refused) {}

    /** Keeps each record once, however many generations read it. */
    void add(String topicId, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        jdbc.sql(INSERT)
                .param(topicId)
                .param(array("int4", entries, entry -> entry.record().partition()))
                .param(array("int8", entries, entry -> entry.record().offset()))
                .param(array("int8", entries, entry -> entry.record().timestamp()))
                .param(array("bytea", entries, entry -> entry.record().key()))
                .param(array("bytea", entries, entry -> entry.record().value()))
                .param(array("text", entries, entry -> headers(entry.record())))
                .param(array("text", entries, entry -> entry.refused().reason().name()))
                .param(array("text", entries, entry -> entry.refused().detail()))
                .update();
    }

    /** Header names and base64 values, in the record's order; a name may repeat. */
    private String headers(ConsumerRecord<?, ?> record) {
        List<TreeMap<String, String>> headers = new java.util.ArrayList<>();
        for (Header header : record.headers()) {
            byte[] value = header.value() == null ? new byte[0] : header.value();
            headers.add(new TreeMap<>(java.util.Map.of(
                    "name",
                    new String(header.key().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", ""),
                    "value",
                    Base64.getEncoder().encodeToString(value))));
        }
        return json.writeValueAsString(headers);
    }

    private static SqlArrayValue array(String type, List<Entry> entries, Function<Entry, @Nullable Object> column) {
        Object[] values = entries.stream().map(column).toArray();
        return new SqlArrayValue(type, type.equals("bytea") ? bytes(values) : values);
    }

    /** The driver takes an array of byte strings only in its own type. */
    private static Object[] bytes(Object[] values) {
        byte[][] bytes = new byte[values.length][];
        System.arraycopy(values, 0, bytes, 0, values.length);
        return bytes;
    }
}
