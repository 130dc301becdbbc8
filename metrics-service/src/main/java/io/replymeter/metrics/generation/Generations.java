package io.replymeter.metrics.generation;

import io.replymeter.metrics.response.Micros;
import io.replymeter.metrics.response.Ruleset;
import jakarta.annotation.PostConstruct;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/** The generations there are, and the one that readers see. Thread-safe. */
@Repository
@EnableConfigurationProperties(RulesProperties.class)
public class Generations {

    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

    /** Every derived table has a partition for each generation. */
    private static final List<String> DERIVED_TABLES = List.of("conversation", "inquiry", "daily_metrics");

    private static final String ALL = """
            SELECT generation, answer_within_micros, horizon_micros, reinquiry_silence_micros,
                   window_days, minimum_sample_size
            FROM generation
            """;
    private static final String ACTIVE = ALL + "JOIN active_generation USING (generation)";
    private static final String INSERT = """
            INSERT INTO generation (generation, answer_within_micros, horizon_micros, reinquiry_silence_micros,
                                    window_days, minimum_sample_size)
            SELECT coalesce(max(generation), 0) + 1, ?, ?, ?, ?, ? FROM generation
            RETURNING generation
            """;
    private static final String ACTIVATE = """
            INSERT INTO active_generation (generation) VALUES (?)
            ON CONFLICT (only_row) DO UPDATE SET generation = excluded.generation
            """;

    /** Only one instance at a time creates a generation; the number means nothing else. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(7236101)";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RulesProperties rules;

    Generations(JdbcClient jdbc, TransactionOperations transactions, RulesProperties rules) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.rules = rules;
    }

    /** With an empty database, the first generation is created under the configured rules and goes live. */
    @PostConstruct
    void createFirst() {
        transactions.executeWithoutResult(transaction -> {
            jdbc.sql(LOCK).query((row, number) -> number).single();
            List<Generation> existing = all();
            if (existing.isEmpty()) {
                activate(create(rules.ruleset()).number());
            } else if (!active().ruleset().equals(rules.ruleset())) {
                LOG.warn(
                        "The configured rules differ from those of live generation {}, which keeps its own: {}",
                        active().number(),
                        active().ruleset());
            }
        });
    }

    /** Every generation that is fed, the live one among them, by number. */
    public List<Generation> all() {
        return jdbc.sql(ALL + "ORDER BY 1")
                .query((row, number) -> DerivedRows.generation(row))
                .list();
    }

    /** The one that readers see. */
    public Generation active() {
        return jdbc.sql(ACTIVE)
                .query((row, number) -> DerivedRows.generation(row))
                .single();
    }

    private Generation create(Ruleset ruleset) {
        int number = jdbc.sql(INSERT)
                .params(
                        Micros.of(ruleset.answerWithin()),
                        Micros.of(ruleset.horizon()),
                        Micros.of(ruleset.reinquirySilence()),
                        ruleset.windowDays(),
                        ruleset.minimumSampleSize())
                .query(Integer.class)
                .single();
        DERIVED_TABLES.forEach(table -> attachPartition(table, number));
        return new Generation(number, ruleset);
    }

    /**
     * {@code CREATE TABLE … PARTITION OF} would lock out every reader of the other generations. Rows are written again and
     * again: with room left in the page, their indexes need no new entry (HOT).
     */
    private void attachPartition(String table, int number) {
        jdbc.sql("CREATE TABLE %1$s_g%2$d (LIKE %1$s INCLUDING ALL) WITH (fillfactor = 70)".formatted(table, number))
                .update();
        jdbc.sql("ALTER TABLE %1$s ATTACH PARTITION %1$s_g%2$d FOR VALUES IN (%2$d)".formatted(table, number))
                .update();
    }

    private void activate(int number) {
        jdbc.sql(ACTIVATE).param(number).update();
    }
}
