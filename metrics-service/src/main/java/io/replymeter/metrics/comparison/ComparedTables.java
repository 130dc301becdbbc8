package io.replymeter.metrics.comparison;

import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.GenerationTables;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The live generation's tables and those they are compared with, in one snapshot: the tables of a rebuilt generation, or
 * temporary ones, rebuilt from the live layer below.
 *
 * @param jdbc runs its statements in the snapshot's transaction
 * @param now the moment at which readers are imagined
 * @param since the first UTC day that both sets keep for certain
 */
record ComparedTables(
        JdbcClient jdbc, TableSet live, TableSet rebuilt, Instant now, LocalDate since, TopicBeginning topicBeginning) {

    /** How many rows are fetched at once: two generations never fit into memory. */
    static final int PAGE = 1_000;

    /** The service's connections find rows by key alone; this transaction compares whole tables, on one core. */
    private static final String PLAN_FOR_WHOLE_TABLES = """
            SET LOCAL enable_seqscan = on;
            SET LOCAL enable_hashjoin = on;
            SET LOCAL enable_mergejoin = on;
            SET LOCAL plan_cache_mode = auto;
            SET LOCAL cursor_tuple_fraction = 1;
            SET LOCAL work_mem = '32MB';
            SET LOCAL max_parallel_workers_per_gather = 0;
            SET LOCAL statement_timeout = '1h';
            SET LOCAL idle_in_transaction_session_timeout = '1min'
            """;

    private static final int LONGEST_STATEMENT_MILLIS = 3_600_000;

    /**
     * Tables of the same columns as conversation, inquiry and daily_metrics.
     *
     * @param suffix of their names
     * @param ruleset the rules that they were derived by
     */
    record TableSet(String suffix, Ruleset ruleset) {

        static TableSet of(Generation generation) {
            return new TableSet(GenerationTables.name("", generation.number()), generation.ruleset());
        }
    }

    /** @param connection the snapshot's: it waits for an answer as long as the server may work, until it is closed */
    static void planForWholeTables(JdbcOperations connection) {
        connection.execute(PLAN_FOR_WHOLE_TABLES);
        connection.execute((ConnectionCallback<Integer>) session -> {
            session.setNetworkTimeout(Runnable::run, LONGEST_STATEMENT_MILLIS);
            return session.getNetworkTimeout();
        });
    }

    /**
     * A query in which {@code <live>} and {@code <rebuilt>} after a table's name stand for the suffix of that set, and
     * {@code :since} for the first day compared. Its rows are streamed.
     */
    StatementSpec sql(String sql) {
        return jdbc.sql(sql.replace("<live>", live.suffix()).replace("<rebuilt>", rebuilt.suffix()))
                .withFetchSize(PAGE)
                .param("since", since);
    }

    boolean haveTheSameRules() {
        return live.ruleset().equals(rebuilt.ruleset());
    }

    /** The first UTC day that any row is read of: no later than either window begins. */
    LocalDate firstDayRead() {
        return Stream.of(since, live.ruleset().firstDay(now), rebuilt.ruleset().firstDay(now))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
