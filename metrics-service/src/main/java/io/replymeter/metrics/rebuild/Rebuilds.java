package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.DerivedRows;
import io.replymeter.metrics.rebuild.Rebuild.Times;
import io.replymeter.metrics.rebuild.State.Move;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The lives of the generations. Every change asserts the state it starts from. Thread-safe. */
@Repository
class Rebuilds {

    private static final String ALL = """
            SELECT r.*, g.*,
                   CASE WHEN trouble_at > now() - interval '30 seconds' THEN trouble END AS present_trouble,
                   trouble_at > now() - interval '30 seconds' AND trouble_sqlstate LIKE '53%' AS is_out_of_resources
            FROM rebuild r JOIN generation g USING (generation)
            """;
    private static final String NEWEST_FIRST = ALL + "ORDER BY g.generation DESC";
    private static final String ONE = ALL + "WHERE g.generation = ?";
    private static final String IN_STATES = ALL + "WHERE state = ANY (?) ORDER BY g.generation";
    private static final String UNSETTLED = ALL + """
            WHERE state IN ('REPLAYING', 'CATCHING_UP', 'VERIFYING', 'READY')
               OR state IN ('DROPPED', 'CANCELLED') AND removed_at IS NULL
            ORDER BY g.generation
            """;

    private static final String INSERT = """
            INSERT INTO rebuild (generation, state, throttle, accept_truncated_history) VALUES (?, 'REPLAYING', ?, ?)
            """;
    private static final String MOVE = """
            UPDATE rebuild
            SET state = ?, reason = ?, verification_tries = 0, trouble = NULL, trouble_sqlstate = NULL, %s
            WHERE generation = ? AND state = ?
            """;
    private static final String WAIT = """
            UPDATE rebuild SET reason = ? WHERE generation = ? AND state = ?
            """;
    private static final String TRIED = """
            UPDATE rebuild SET reason = ?, verification_tries = verification_tries + 1 WHERE generation = ? AND state = ?
            """;
    private static final String THROTTLE = "UPDATE rebuild SET throttle = ? WHERE generation = ?";
    private static final String REMOVED = "UPDATE rebuild SET removed_at = now() WHERE generation = ?";

    private final JdbcClient jdbc;

    Rebuilds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every generation that ever was, newest first. */
    List<Rebuild> all() {
        return jdbc.sql(NEWEST_FIRST).query(Rebuilds::rebuild).list();
    }

    Optional<Rebuild> find(int generation) {
        return jdbc.sql(ONE).param(generation).query(Rebuilds::rebuild).optional();
    }

    /** Those in one of {@code states}, by number. */
    List<Rebuild> in(State... states) {
        String[] names = java.util.Arrays.stream(states).map(State::name).toArray(String[]::new);
        return jdbc.sql(IN_STATES).param(names).query(Rebuilds::rebuild).list();
    }

    /** Those that have a step to take by themselves, or may have. */
    List<Rebuild> unsettled() {
        return jdbc.sql(UNSETTLED).query(Rebuilds::rebuild).list();
    }

    void insert(int generation, @Nullable Integer throttle, boolean acceptTruncatedHistory) {
        jdbc.sql(INSERT)
                .param(generation)
                .param(throttle)
                .param(acceptTruncatedHistory)
                .update();
    }

    /**
     * Takes a generation on, if it still is in {@code from}.
     *
     * @return whether it was
     * @throws IllegalArgumentException when {@code from} has no such move
     */
    boolean move(int generation, State from, Move move, @Nullable String reason) {
        State to = from.after(move).orElseThrow(() -> new IllegalArgumentException(from + " has no move " + move));
        return jdbc.sql(MOVE.formatted(timeOf(to)))
                        .param(to.name())
                        .param(reason)
                        .param(generation)
                        .param(from.name())
                        .update()
                == 1;
    }

    private static String timeOf(State state) {
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

    /** Notes what it waits for; null for nothing. */
    void waitFor(@Nullable String reason, Rebuild rebuild) {
        if (!Objects.equals(reason, rebuild.reason())) {
            jdbc.sql(WAIT)
                    .param(reason)
                    .param(rebuild.generation())
                    .param(rebuild.state().name())
                    .update();
        }
    }

    /** Notes that equal offsets were not reached in time. */
    void tried(String reason, Rebuild rebuild) {
        jdbc.sql(TRIED)
                .params(reason, rebuild.generation(), rebuild.state().name())
                .update();
    }

    void throttle(int generation, @Nullable Integer eventsPerSecond) {
        jdbc.sql(THROTTLE).param(eventsPerSecond).param(generation).update();
    }

    /** Notes that nothing is left of it. */
    void removed(int generation) {
        jdbc.sql(REMOVED).param(generation).update();
    }

    private static Rebuild rebuild(ResultSet row, int rowNumber) throws SQLException {
        return new Rebuild(
                row.getInt("generation"),
                DerivedRows.generation(row).ruleset(),
                State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("present_trouble"),
                row.getBoolean("is_out_of_resources"),
                row.getObject("throttle", Integer.class),
                row.getBoolean("accept_truncated_history"),
                row.getInt("verification_tries"),
                new Times(
                        time(row, "started_at").orElseThrow(),
                        time(row, "replayed_at").orElse(null),
                        time(row, "caught_up_at").orElse(null),
                        time(row, "ready_at").orElse(null),
                        time(row, "activated_at").orElse(null),
                        time(row, "retired_at").orElse(null),
                        time(row, "ended_at").orElse(null),
                        time(row, "removed_at").orElse(null)));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
