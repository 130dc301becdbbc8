package io.replymeter.metrics.generation;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The derived tables of each generation, which are partitions of one table each. Thread-safe. */
@Repository
public class GenerationTables {

    private static final List<String> TABLES = List.of("conversation", "inquiry", "daily_metrics");

    private static final String IS_BEING_DETACHED =
            "SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = to_regclass(:name)";
    private static final String SIZE =
            "SELECT sum(pg_total_relation_size(to_regclass(name))) FROM unnest(:names::text[]) AS name";

    private final JdbcClient jdbc;

    GenerationTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The name of the partition of {@code table} that holds {@code generation}. */
    public static String name(String table, int generation) {
        return table + "_g" + generation;
    }

    /** The bytes that {@code generation} takes on disk, indexes included. */
    public long size(int generation) {
        String[] names = TABLES.stream().map(table -> name(table, generation)).toArray(String[]::new);
        return jdbc.sql(SIZE).param("names", names).query(Long.class).optional().orElse(0L);
    }

    void attach(int generation) {
        TABLES.forEach(table -> attach(table, generation));
    }

    /**
     * {@code CREATE TABLE … PARTITION OF} would lock out the readers of all generations. Rows are rewritten often: with
     * room left in the page, that needs no new index entry (HOT update).
     */
    private void attach(String table, int generation) {
        String name = name(table, generation);
        jdbc.sql("CREATE TABLE %s (LIKE %s INCLUDING ALL) WITH (fillfactor = 70)".formatted(name, table))
                .update();
        jdbc.sql("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES IN (%d)".formatted(table, name, generation))
                .update();
    }

    /**
     * Drops the tables of {@code generation}, which nobody writes to any more. Readers of other generations never wait for
     * it. Must not be called in a transaction; if it is interrupted, call it again.
     */
    public void drop(int generation) {
        TABLES.forEach(table -> drop(table, generation));
    }

    private void drop(String table, int generation) {
        String name = name(table, generation);
        Optional<Boolean> isBeingDetached = jdbc.sql(IS_BEING_DETACHED)
                .param("name", name)
                .query(Boolean.class)
                .optional();
        isBeingDetached.ifPresent(begun -> jdbc.sql("ALTER TABLE %s DETACH PARTITION %s %s"
                        .formatted(table, name, begun ? "FINALIZE" : "CONCURRENTLY"))
                .update());
        jdbc.sql("DROP TABLE IF EXISTS " + name).update();
    }
}
