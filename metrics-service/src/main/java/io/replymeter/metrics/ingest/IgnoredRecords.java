package io.replymeter.metrics.ingest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many records were read and did not count, by reason. */
@Repository
class IgnoredRecords {

    private static final String ADD = """
            INSERT INTO ignored_records (generation, partition, reason, records)
            SELECT ?, * FROM unnest(?::int[], ?::text[], ?::bigint[])
            ON CONFLICT (generation, partition, reason) DO UPDATE
            SET records = ignored_records.records + excluded.records
            """;
    private static final String TOTALS = """
            SELECT reason, sum(records) AS records FROM ignored_records
            WHERE generation = (SELECT generation FROM active_generation) GROUP BY reason
            """;

    private final JdbcClient jdbc;

    IgnoredRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param partition where they were read */
    record Key(int partition, IgnoredReason reason) {}

    /** Adds to the stored counts, in the caller's transaction, which counts each record once. */
    void add(int generation, Map<Key, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        List<Map.Entry<Key, Long>> rows = List.copyOf(counts.entrySet());
        jdbc.sql(ADD)
                .param(generation)
                .param(Columns.integers(rows, row -> row.getKey().partition()))
                .param(Columns.texts(rows, row -> row.getKey().reason().name()))
                .param(Columns.longs(rows, Map.Entry::getValue))
                .update();
    }

    /** The live generation's counts; every reason has one. */
    Map<IgnoredReason, Long> totals() {
        Map<IgnoredReason, Long> totals = new EnumMap<>(IgnoredReason.class);
        for (IgnoredReason reason : IgnoredReason.values()) {
            totals.put(reason, 0L);
        }
        jdbc.sql(TOTALS).query(row -> {
            totals.put(IgnoredReason.valueOf(row.getString("reason")), row.getLong("records"));
        });
        return totals;
    }
}
