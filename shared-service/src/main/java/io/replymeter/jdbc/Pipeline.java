package io.replymeter.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/**
 * Statements that reach PostgreSQL in one round trip and run there in order, each seeing what was committed before it began.
 * The driver sends statements that are separated by semicolons so. Not thread-safe.
 */
public final class Pipeline {

    /**
     * SQL as it was written, and as PostgreSQL takes it.
     *
     * @param text with a question mark for each name
     */
    private record Sql(ParsedSql names, String text) {

        static Sql of(String written) {
            ParsedSql names = NamedParameterUtils.parseSqlStatement(written);
            return new Sql(names, NamedParameterUtils.substituteNamedParameters(names, null));
        }
    }

    private record Statement(
            Sql sql,
            MapSqlParameterSource parameters,
            @Nullable RowCallbackHandler rows) {}

    private static final Map<String, Sql> parsed = new ConcurrentHashMap<>(); // of the few constants of the code

    private final List<Statement> statements = new ArrayList<>();

    /** Adds a statement that answers with rows, which {@code rows} is given one by one when it runs. */
    public void query(String sql, Map<String, ?> parameters, RowCallbackHandler rows) {
        add(sql, parameters, rows);
    }

    /** Adds a statement that answers with rows, which are in the returned list once the pipeline has run. */
    public <T> List<T> query(String sql, Map<String, ?> parameters, RowMapper<T> mapper) {
        List<T> answer = new ArrayList<>();
        add(sql, parameters, row -> answer.add(mapper.mapRow(row, answer.size())));
        return answer;
    }

    /** Adds a statement that answers with no rows. */
    public void update(String sql, Map<String, ?> parameters) {
        add(sql, parameters, null);
    }

    private void add(String sql, Map<String, ?> parameters, @Nullable RowCallbackHandler rows) {
        statements.add(
                new Statement(parsed.computeIfAbsent(sql, Sql::of), new MapSqlParameterSource(parameters), rows));
    }

    /** Runs the statements. The first that fails, or whose rows are refused, ends the transaction. */
    public void run(JdbcOperations jdbc) {
        String sql = statements.stream().map(one -> one.sql().text()).collect(Collectors.joining(";"));
        Object[] values = statements.stream()
                .flatMap(one -> Arrays.stream(
                        NamedParameterUtils.buildValueArray(one.sql().names(), one.parameters(), null)))
                .toArray();
        jdbc.execute(sql, (PreparedStatement all) -> {
            new ArgumentPreparedStatementSetter(values).setValues(all);
            all.execute();
            for (Statement one : statements) {
                readRows(one, all);
                all.getMoreResults();
            }
            return statements.size();
        });
    }

    /**
     * Runs what ends a transaction, and its commit in the same round trip; the transaction's manager then finds nothing left to
     * commit. A transaction that somebody else has begun is theirs to commit.
     */
    public void runLast(JdbcOperations jdbc) {
        if (TransactionAspectSupport.currentTransactionStatus().isNewTransaction()) {
            update("COMMIT", Map.of());
        }
        run(jdbc);
    }

    private static void readRows(Statement one, PreparedStatement all) throws SQLException {
        if (one.rows() != null) {
            try (ResultSet answer = all.getResultSet()) {
                while (answer.next()) {
                    one.rows().processRow(answer);
                }
            }
        }
    }
}
