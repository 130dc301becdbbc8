package io.replymeter.metrics.ingest;

import io.replymeter.metrics.tables.ArrayParameters;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many records were read and did not count, by reason: the table ignored_records. Thread-safe. */
@Repository
public class IgnoredRecords {

    private static final String ADD = """
            INSERT INTO ignored_records (generation, partition, reason, records)
            SELECT :generation, * FROM unnest(:partitions::int[], :reasons::text[], :records::bigint[])
            ON CONFLICT (generation, partition, reason) DO UPDATE
            SET records = ignored_records.records + excluded.records
            """;
    private static final String TOTALS = """
            SELECT reason, sum(records) AS records FROM ignored_records WHERE generation = :generation GROUP BY reason
            """;
    private static final String DELETE = "DELETE FROM ignored_records WHERE generation = :generation";

    private final JdbcClient jdbc;

    IgnoredRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param partition the one they were read from */
    record Key(int partition, IgnoredReason reason) {}

    /** Adds to the stored counts, in the caller's transaction, which counts each record once. */
    void add(int generation, Map<Key, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        List<Map.Entry<Key, Long>> rows = List.copyOf(counts.entrySet());
        jdbc.sql(ADD)
                .param("generation", generation)
                .param(
                        "partitions",
                        ArrayParameters.integers(rows, row -> row.getKey().partition()))
                .param(
                        "reasons",
                        ArrayParameters.texts(rows, row -> row.getKey().reason().name()))
                .param("records", ArrayParameters.longs(rows, Map.Entry::getValue))
                .update();
    }

    /** The counts of {@code generation}; every reason has one. */
    public Map<IgnoredReason, Long> totals(int generation) {
        Map<IgnoredReason, Long> totals = new EnumMap<>(IgnoredReason.class);
        for (IgnoredReason reason : IgnoredReason.values()) {
            totals.put(reason, 0L);
        }
        jdbc.sql(TOTALS).param("generation", generation).query(row -> {
            totals.put(IgnoredReason.valueOf(row.getString("reason")), row.getLong("records"));
        });
        return totals;
    }

    /** Forgets the counts of {@code generation}. */
    public void delete(int generation) {
        jdbc.sql(DELETE).param("generation", generation).update();
    }
}
