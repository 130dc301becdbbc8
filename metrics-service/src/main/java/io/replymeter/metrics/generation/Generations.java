package io.replymeter.metrics.generation;

import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import jakarta.annotation.PostConstruct;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    private static final String ALL = """
            SELECT generation, answer_within_micros, horizon_micros, reinquiry_silence_micros,
                   window_days, minimum_sample_size, first_day
            FROM generation
            """;
    private static final String ONE = ALL + "WHERE generation = ?";
    private static final String ACTIVE = ALL + "JOIN active_generation USING (generation)";
    /** A replay is large and may be slowed down; afterwards a generation keeps up with the topic. */
    private static final String FED = """
            SELECT g.*, CASE WHEN r.state IN ('REPLAYING', 'CATCHING_UP') THEN r.throttle END AS throttle
            FROM generation g JOIN rebuild r USING (generation)
            WHERE r.fed ORDER BY g.generation
            """;

    private static final String INSERT = """
            INSERT INTO generation (generation, answer_within_micros, horizon_micros, reinquiry_silence_micros,
                                    window_days, minimum_sample_size, first_day)
            SELECT coalesce(max(generation), 0) + 1, ?, ?, ?, ?, ?, ?::date FROM generation
            RETURNING generation
            """;
    private static final String FIRST =
            "INSERT INTO rebuild (generation, state, activated_at) VALUES (?, 'ACTIVE', now())";
    private static final String ACTIVATE = """
            INSERT INTO active_generation (generation) VALUES (?)
            ON CONFLICT (only_row) DO UPDATE SET generation = excluded.generation
            """;
    private static final String REPORT = """
            UPDATE rebuild SET trouble = ?, trouble_sqlstate = ?, trouble_at = now() WHERE generation = ?
            """;

    /** The number means nothing else. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(7236101)";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RulesProperties rules;
    private final DerivedTables tables;

    Generations(JdbcClient jdbc, TransactionOperations transactions, RulesProperties rules, DerivedTables tables) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.rules = rules;
        this.tables = tables;
    }

    /**
     * A generation that consumers write to.
     *
     * @param throttle how many events a second it may take at most, on all instances together; null for as many as can be
     */
    public record Fed(Generation generation, @Nullable Integer throttle) {}

    /** With an empty database, the first generation is created under the configured rules and goes live. */
    @PostConstruct
    void createFirst() {
        transactions.executeWithoutResult(transaction -> {
            lock();
            if (jdbc.sql(ALL).query().listOfRows().isEmpty()) {
                Generation first = create(rules.ruleset(), null);
                jdbc.sql(FIRST).param(first.number()).update();
                activate(first.number());
            } else if (!active().ruleset().equals(rules.ruleset())) {
                LOG.warn(
                        "The configured rules differ from those of live generation {}, which keeps its own: {}",
                        active().number(),
                        active().ruleset());
            }
        });
    }

    /** Only one instance at a time makes a new generation, until its transaction ends. */
    public void lock() {
        jdbc.sql(LOCK).query((row, number) -> number).single();
    }

    /** The thresholds that a new generation starts with unless others are asked for. */
    public Ruleset configuredRules() {
        return rules.ruleset();
    }

    /** Every generation that is fed, the live one among them, by number. */
    public List<Generation> all() {
        return fed().stream().map(Fed::generation).toList();
    }

    /** Every generation that is fed, by number, and how. */
    public List<Fed> fed() {
        return jdbc.sql(FED)
                .query((row, number) -> new Fed(DerivedRows.generation(row), row.getObject("throttle", Integer.class)))
                .list();
    }

    /** The one of this number, whatever became of it. */
    public Generation get(int generation) {
        return jdbc.sql(ONE)
                .param(generation)
                .query((row, number) -> DerivedRows.generation(row))
                .single();
    }

    /** The one that readers see. */
    public Generation active() {
        return jdbc.sql(ACTIVE)
                .query((row, number) -> DerivedRows.generation(row))
                .single();
    }

    /**
     * A new one with empty tables, in the caller's transaction, which holds the {@link #lock}.
     *
     * @param firstDay the first UTC day whose inquiries it keeps; null for all days
     */
    public Generation create(Ruleset ruleset, @Nullable LocalDate firstDay) {
        int number = jdbc.sql(INSERT)
                .params(
                        Micros.of(ruleset.answerWithin()),
                        Micros.of(ruleset.horizon()),
                        Micros.of(ruleset.reinquirySilence()),
                        ruleset.windowDays(),
                        ruleset.minimumSampleSize())
                .param(firstDay)
                .query(Integer.class)
                .single();
        tables.attach(number);
        return new Generation(number, ruleset, firstDay);
    }

    /** Readers see {@code generation} from the end of the caller's transaction on. */
    public void activate(int generation) {
        jdbc.sql(ACTIVATE).param(generation).update();
    }

    /**
     * Notes why a batch of {@code generation} could not be applied, for those who watch it.
     *
     * @param sqlState of the database's answer; null if the cause is another
     */
    public void report(int generation, String trouble, @Nullable String sqlState) {
        jdbc.sql(REPORT).param(trouble).param(sqlState).param(generation).update();
    }
}
