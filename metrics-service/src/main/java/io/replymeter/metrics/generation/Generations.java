package io.replymeter.metrics.generation;

import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import jakarta.annotation.PostConstruct;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/** The generations, each with its rules, and which of them is live: the tables generation and active_generation. Thread-safe. */
@Repository
@EnableConfigurationProperties(RulesProperties.class)
public class Generations {

    private static final Logger log = LoggerFactory.getLogger(Generations.class);

    private static final String ALL = """
            SELECT generation, answer_within_micros, horizon_micros, reinquiry_silence_micros,
                   longest_deferral_micros, excuse_allowance_percent, window_days, minimum_sample_size, first_day
            FROM generation
            """;
    private static final String ONE = ALL + "WHERE generation = :generation";
    private static final String ACTIVE = ALL + "JOIN active_generation USING (generation)";

    /**
     * The live generation, to be joined in the statement that reads its tables: such an answer never mixes two
     * generations, even while readers are switched.
     */
    public static final String LIVE =
            "(SELECT g.* FROM active_generation JOIN generation AS g USING (generation)) AS live";

    private static final String INSERT = """
            INSERT INTO generation (generation, answer_within_micros, horizon_micros, reinquiry_silence_micros,
                                    longest_deferral_micros, excuse_allowance_percent, window_days,
                                    minimum_sample_size, first_day)
            SELECT coalesce(max(generation), 0) + 1, :answerWithin, :horizon, :reinquirySilence, :longestDeferral,
                   :excuseAllowancePercent, :windowDays, :minimumSampleSize, :firstDay::date
            FROM generation
            RETURNING generation
            """;
    private static final String ACTIVATE = """
            INSERT INTO active_generation (generation) VALUES (:generation)
            ON CONFLICT (only_row) DO UPDATE SET generation = excluded.generation
            """;
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('replymeter.generations'))";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RulesProperties rules;
    private final GenerationTables tables;
    private final Rebuilds rebuilds;

    Generations(
            JdbcClient jdbc,
            TransactionOperations transactions,
            RulesProperties rules,
            GenerationTables tables,
            Rebuilds rebuilds) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.rules = rules;
        this.tables = tables;
        this.rebuilds = rebuilds;
    }

    /** With an empty database, the first generation is created under the configured rules and goes live. */
    @PostConstruct
    void createFirst() {
        transactions.executeWithoutResult(transaction -> {
            lock();
            if (jdbc.sql(ALL).query().listOfRows().isEmpty()) {
                Generation first = create(rules.ruleset(), null);
                rebuilds.insertFirst(first.number());
                activate(first.number());
            } else if (!active().ruleset().equals(rules.ruleset())) {
                log.warn(
                        "The configured rules differ from those of live generation {}, which keeps its own: {}",
                        active().number(),
                        active().ruleset());
            }
        });
    }

    /** Lets only one instance create a generation at a time, until the caller's transaction ends. */
    public void lock() {
        jdbc.sql(LOCK).query((row, number) -> number).single();
    }

    /** The thresholds that a new generation starts with unless others are asked for. */
    public Ruleset configuredRules() {
        return rules.ruleset();
    }

    /** The generation of this number, also after its tables were dropped. */
    public Generation get(int generation) {
        return jdbc.sql(ONE)
                .param("generation", generation)
                .query((row, number) -> generation(row))
                .single();
    }

    /** The live generation: the one that readers see. */
    public Generation active() {
        return jdbc.sql(ACTIVE).query((row, number) -> generation(row)).single();
    }

    /**
     * Creates a generation with empty tables, in the caller's transaction, which holds the {@link #lock}.
     *
     * @param firstDay the first UTC day whose inquiries it keeps; null for all days
     */
    public Generation create(Ruleset ruleset, @Nullable LocalDate firstDay) {
        int number = jdbc.sql(INSERT)
                .param("answerWithin", Micros.of(ruleset.answerWithin()))
                .param("horizon", Micros.of(ruleset.horizon()))
                .param("reinquirySilence", Micros.of(ruleset.reinquirySilence()))
                .param("longestDeferral", Micros.of(ruleset.longestDeferral()))
                .param("excuseAllowancePercent", ruleset.excuseAllowancePercent())
                .param("windowDays", ruleset.windowDays())
                .param("minimumSampleSize", ruleset.minimumSampleSize())
                .param("firstDay", firstDay)
                .query(Integer.class)
                .single();
        tables.attach(number);
        return new Generation(number, ruleset, firstDay);
    }

    /** Makes {@code generation} the live one, from the end of the caller's transaction on. */
    public void activate(int generation) {
        jdbc.sql(ACTIVATE).param("generation", generation).update();
    }

    /** A row with all columns of generation. */
    public static Generation generation(ResultSet row) throws SQLException {
        return new Generation(
                row.getInt("generation"),
                new Ruleset(
                        Duration.of(row.getLong("answer_within_micros"), ChronoUnit.MICROS),
                        Duration.of(row.getLong("horizon_micros"), ChronoUnit.MICROS),
                        Duration.of(row.getLong("reinquiry_silence_micros"), ChronoUnit.MICROS),
                        Duration.of(row.getLong("longest_deferral_micros"), ChronoUnit.MICROS),
                        row.getInt("excuse_allowance_percent"),
                        row.getInt("window_days"),
                        row.getInt("minimum_sample_size")),
                row.getObject("first_day", LocalDate.class));
    }
}
