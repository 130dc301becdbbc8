package io.replymeter.local.e2e;

import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.DatabaseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The plans of all statements that the services execute, which auto_explain writes into the log of PostgreSQL. */
final class QueryPlans {

    private static final List<String> DATABASES = List.of("messaging", "metrics");
    private static final int LARGE = 5_000;
    private static final int MANY_ROWS = 5_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final DatabaseServer server;
    private final Path log;
    private String begin = "";

    QueryPlans(DatabaseServer server, Path log) {
        this.server = server;
        this.log = log;
    }

    /** Updates the statistics of the planner. From then on the plans of all sessions are logged. */
    void beginLogging() {
        DATABASES.forEach(database -> execute(database, "ANALYZE"));
        configure("log_format = json");
        configure("log_analyze = on");
        configure("log_timing = off");
        begin = mark();
        configure("log_min_duration = 0");
    }

    void endLogging() {
        configure("log_min_duration = -1");
        mark();
    }

    /** Writes a mark into the log and waits until it is there: then everything before it is there as well. */
    private String mark() {
        String mark = "mark " + UUID.randomUUID();
        execute("metrics", "DO $$ BEGIN RAISE LOG '" + mark + "'; END $$");
        await().until(() -> text().contains(mark));
        return mark;
    }

    /** All statements logged so far, each once. */
    Set<String> statements() {
        Set<String> statements = new HashSet<>();
        plans().forEach(plan -> statements.add(plan.path("Query Text").asString("")));
        return statements;
    }

    /** Statements that read a large table completely, or discard most of the rows they read. */
    Set<String> wasteful() {
        Set<String> large = largeTables();
        Set<String> wasteful = new HashSet<>();
        for (JsonNode plan : plans()) {
            String statement = plan.path("Query Text").asString("");
            visit(plan.path("Plan"), node -> {
                if (large.contains(node.path("Relation Name").asString("")) && isWasteful(node)) {
                    wasteful.add(node.path("Node Type").asString("") + " on "
                            + node.path("Relation Name").asString("") + " in: " + statement);
                }
            });
        }
        return wasteful;
    }

    Set<String> largeTables() {
        Set<String> tables = new HashSet<>();
        for (String database : DATABASES) {
            query(database, """
                    SELECT relname FROM pg_class
                    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= %d
                    """.formatted(LARGE), row -> tables.add(row.getString(1)));
        }
        return tables;
    }

    private static boolean isWasteful(JsonNode node) {
        String type = node.path("Node Type").asString("");
        boolean wholeIndex = type.startsWith("Index")
                && !node.has("Index Cond")
                && node.path("Actual Rows").asDouble(0) >= MANY_ROWS;
        return type.equals("Seq Scan")
                || wholeIndex
                || node.path("Rows Removed by Filter").asDouble(0) >= MANY_ROWS;
    }

    private static void visit(JsonNode node, Consumer<JsonNode> visitor) {
        visitor.accept(node);
        node.path("Plans").forEach(child -> visit(child, visitor));
    }

    /** A plan is a JSON document that follows "plan:". Its lines are indented by a tab. */
    private List<JsonNode> plans() {
        List<JsonNode> plans = new ArrayList<>();
        StringBuilder plan = new StringBuilder();
        boolean inPlan = false;
        for (String line : newText().split("\n", -1)) {
            if (inPlan && line.startsWith("\t")) {
                plan.append(line).append('\n');
                continue;
            }
            if (!plan.isEmpty()) {
                plans.add(JSON.readTree(plan.toString()));
                plan.setLength(0);
            }
            inPlan = line.endsWith(" plan:");
        }
        return plans;
    }

    private String newText() {
        String text = text();
        return text.substring(text.lastIndexOf(begin));
    }

    private String text() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(String setting) {
        execute("metrics", "ALTER SYSTEM SET auto_explain." + setting);
        execute("metrics", "SELECT pg_reload_conf()");
    }

    void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void query(String database, String sql, RowConsumer consumer) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                consumer.accept(row);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return server.database(database).connect();
    }

    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }
}
