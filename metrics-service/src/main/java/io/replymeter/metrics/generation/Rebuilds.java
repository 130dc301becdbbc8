package io.replymeter.metrics.generation;

import static io.replymeter.jdbc.TimeColumns.instantOrNull;
import static java.util.Objects.requireNonNull;

import io.replymeter.metrics.generation.Rebuild.Times;
import io.replymeter.metrics.generation.RebuildState.Move;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The life cycle of each generation: the table rebuild. Every change asserts the state it starts from. Thread-safe. */
@Repository
public class Rebuilds {

    private static final String ALL = """
            SELECT r.*, g.*,
                   CASE WHEN last_error_at > now() - interval '30 seconds' THEN last_error END AS recent_error,
                   last_error_at > now() - interval '30 seconds' AND last_error_sqlstate LIKE '53%' AS is_out_of_resources
            FROM rebuild AS r JOIN generation AS g USING (generation)
            """;
    private static final String NEWEST_FIRST = ALL + "ORDER BY g.generation DESC";
    private static final String ONE = ALL + "WHERE g.generation = :generation";
    private static final String IN_STATE = ALL + "WHERE state = :state ORDER BY g.generation";
    private static final String FED = ALL + "WHERE fed ORDER BY g.generation";
    private static final String UNSETTLED = ALL + """
            WHERE state IN ('REPLAYING', 'CATCHING_UP', 'VERIFYING', 'READY')
               OR state IN ('DROPPED', 'CANCELLED') AND removed_at IS NULL
            ORDER BY g.generation
            """;
    private static final String LOCK_IF_FED =
            "SELECT fed FROM rebuild WHERE generation = :generation AND fed FOR SHARE";

    private static final String INSERT_FIRST =
            "INSERT INTO rebuild (generation, state, activated_at) VALUES (:generation, 'ACTIVE', now())";
    private static final String INSERT = """
            INSERT INTO rebuild (generation, state, throttle, accept_truncated_history)
            VALUES (:generation, 'REPLAYING', :throttle, :acceptTruncatedHistory)
            """;
    private static final String MOVE = """
            UPDATE rebuild
            SET state = :to, reason = :reason, verification_tries = 0, last_error = NULL, last_error_sqlstate = NULL, %s
            WHERE generation = :generation AND state = :from
            """;
    private static final String NOTE_REASON =
            "UPDATE rebuild SET reason = :reason WHERE generation = :generation AND state = :state";
    private static final String NOTE_TRY = """
            UPDATE rebuild SET reason = :reason, verification_tries = verification_tries + 1
            WHERE generation = :generation AND state = :state
            """;
    private static final String NOTE_ERROR = """
            UPDATE rebuild SET last_error = :error, last_error_sqlstate = :sqlState, last_error_at = now()
            WHERE generation = :generation
            """;
    private static final String THROTTLE = "UPDATE rebuild SET throttle = :throttle WHERE generation = :generation";
    private static final String REMOVED = "UPDATE rebuild SET removed_at = now() WHERE generation = :generation";

    private final JdbcClient jdbc;

    Rebuilds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every generation that ever existed, newest first. */
    public List<Rebuild> all() {
        return jdbc.sql(NEWEST_FIRST).query(Rebuilds::rebuild).list();
    }

    /** The generation of this number, if there ever was one. */
    public Optional<Rebuild> find(int generation) {
        return jdbc.sql(ONE)
                .param("generation", generation)
                .query(Rebuilds::rebuild)
                .optional();
    }

    /** The generations in {@code state}, by number. */
    public List<Rebuild> in(RebuildState state) {
        return jdbc.sql(IN_STATE)
                .param("state", state.name())
                .query(Rebuilds::rebuild)
                .list();
    }

    /** The fed generations, by number; the live one is among them. */
    public List<Rebuild> fed() {
        return jdbc.sql(FED).query(Rebuilds::rebuild).list();
    }

    /** Those that the coordinator has to look after. */
    public List<Rebuild> unsettled() {
        return jdbc.sql(UNSETTLED).query(Rebuilds::rebuild).list();
    }

    /** Whether {@code generation} is fed; if so, it stays fed until the caller's transaction ends. */
    public boolean lockIfFed(int generation) {
        return jdbc.sql(LOCK_IF_FED)
                .param("generation", generation)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    void insertFirst(int generation) {
        jdbc.sql(INSERT_FIRST).param("generation", generation).update();
    }

    /** Notes a new generation, which begins in REPLAYING. */
    public void insert(int generation, @Nullable Integer throttle, boolean acceptTruncatedHistory) {
        jdbc.sql(INSERT)
                .param("generation", generation)
                .param("throttle", throttle)
                .param("acceptTruncatedHistory", acceptTruncatedHistory)
                .update();
    }

    /**
     * Moves a generation to its next state, if it still is in {@code from}.
     *
     * @return whether it was
     * @throws IllegalArgumentException when {@code from} has no such move
     */
    public boolean move(int generation, RebuildState from, Move move, @Nullable String reason) {
        RebuildState to =
                from.after(move).orElseThrow(() -> new IllegalArgumentException(from + " has no move " + move));
        return jdbc.sql(MOVE.formatted(timeOf(to)))
                        .param("to", to.name())
                        .param("reason", reason)
                        .param("generation", generation)
                        .param("from", from.name())
                        .update()
                == 1;
    }

    private static String timeOf(RebuildState state) {
        return switch (state) {
            case REPLAYING, PAUSED -> "ended_at = NULL";
            case CATCHING_UP -> "replayed_at = now()";
            case VERIFYING -> "caught_up_at = now()";
            case READY -> "ready_at = now()";
            case ACTIVE -> "activated_at = now()";
            case RETIRED -> "retired_at = now()";
            case FAILED, DROPPED, CANCELLED -> "ended_at = now()";
        };
    }

    /** Notes what a generation waits for; null for nothing. */
    public void noteReason(@Nullable String reason, Rebuild rebuild) {
        if (!Objects.equals(reason, rebuild.reason())) {
            note(NOTE_REASON, reason, rebuild);
        }
    }

    /** Notes that a comparison had to be put off, and why. */
    public void noteVerificationTry(String reason, Rebuild rebuild) {
        note(NOTE_TRY, reason, rebuild);
    }

    private void note(String sql, @Nullable String reason, Rebuild rebuild) {
        jdbc.sql(sql)
                .param("reason", reason)
                .param("generation", rebuild.number())
                .param("state", rebuild.state().name())
                .update();
    }

    /**
     * Notes why a batch could not be applied, for those who watch the generation.
     *
     * @param sqlState the database's error code; null if the cause is another
     */
    public void noteError(int generation, String error, @Nullable String sqlState) {
        jdbc.sql(NOTE_ERROR)
                .param("error", error)
                .param("sqlState", sqlState)
                .param("generation", generation)
                .update();
    }

    /** @param eventsPerSecond on all instances together; null for no limit */
    public void throttle(int generation, @Nullable Integer eventsPerSecond) {
        jdbc.sql(THROTTLE)
                .param("throttle", eventsPerSecond)
                .param("generation", generation)
                .update();
    }

    /** Notes that nothing is left of it. */
    public void noteRemoved(int generation) {
        jdbc.sql(REMOVED).param("generation", generation).update();
    }

    private static Rebuild rebuild(ResultSet row, int rowNumber) throws SQLException {
        return new Rebuild(
                Generations.generation(row),
                RebuildState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("recent_error"),
                row.getBoolean("is_out_of_resources"),
                row.getObject("throttle", Integer.class),
                row.getBoolean("accept_truncated_history"),
                row.getInt("verification_tries"),
                new Times(
                        requireNonNull(instantOrNull(row, "started_at")),
                        instantOrNull(row, "replayed_at"),
                        instantOrNull(row, "caught_up_at"),
                        instantOrNull(row, "ready_at"),
                        instantOrNull(row, "activated_at"),
                        instantOrNull(row, "retired_at"),
                        instantOrNull(row, "ended_at"),
                        instantOrNull(row, "removed_at")));
    }
}
