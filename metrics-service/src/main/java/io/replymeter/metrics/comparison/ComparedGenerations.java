package io.replymeter.metrics.comparison;

import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.GenerationTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Two generations in one snapshot, to be compared.
 *
 * @param now the moment at which readers are imagined
 * @param since the first UTC day that both keep for certain
 */
record ComparedGenerations(
        Connection connection,
        Generation live,
        Generation rebuilt,
        Instant now,
        LocalDate since,
        TopicBeginning topicBeginning) {

    /** Rows on their way: two generations never fit into memory. */
    private static final int FETCH = 1_000;

    /** What is done with each row. */
    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * Reads the rows of {@code sql}, in which {@code <live>} and {@code <rebuilt>} after a table's name stand for the
     * partition of that generation: the planner knows the size of a partition that is named.
     */
    void read(String sql, Reader reader, Object... parameters) throws SQLException {
        String named = sql.replace("<live>", GenerationTables.name("", live.number()))
                .replace("<rebuilt>", GenerationTables.name("", rebuilt.number()));
        try (PreparedStatement query = connection.prepareStatement(named)) {
            query.setFetchSize(FETCH);
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    /** {@link #since}, in micros. */
    long limit() {
        return Micros.startOf(since);
    }

    boolean haveTheSameRules() {
        return live.ruleset().equals(rebuilt.ruleset());
    }

    /** The first UTC day of which any row is read: no later than either window begins. */
    LocalDate firstDayRead() {
        LocalDate first = since;
        for (Ruleset ruleset : java.util.List.of(live.ruleset(), rebuilt.ruleset())) {
            LocalDate window = ruleset.firstDay(now);
            first = window.isBefore(first) ? window : first;
        }
        return first;
    }
}
