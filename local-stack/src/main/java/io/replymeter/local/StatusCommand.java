package io.replymeter.local;

import io.replymeter.embedded.Ports;
import io.replymeter.local.api.HealthApi;
import io.replymeter.local.api.OperationsApi;
import io.replymeter.local.api.RebuildsApi;
import io.replymeter.local.rebuild.Rebuild;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.StackPorts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows what runs on this machine, and how far it is. */
@Command(
        name = "status",
        description = "Shows what runs, how far the topic and the outbox are read, and the versions.",
        footer = {"", "Exit codes: 0 everything runs and is UP; 1 something does not, or is not."},
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        StackPorts ports = folder.running().ports();
        String token = TokenCommand.token(folder.signingKey(), "ops");
        Optional<JsonNode> messaging = new HealthApi("messaging-service", ports.messagingUrl(), token).health();
        Optional<JsonNode> metrics = new HealthApi("metrics-service", ports.metricsUrl(), token).health();
        boolean kafka = Ports.isListening(ports.kafka());
        boolean postgresql = Ports.isListening(ports.postgresql());

        line("messaging", status(messaging), ports.messagingUrl());
        line("metrics", status(metrics), ports.metricsUrl());
        line("Kafka", kafka ? "running" : "not running", "localhost:" + ports.kafka());
        line("PostgreSQL", postgresql ? "running" : "not running", "localhost:" + ports.postgresql());
        messaging.ifPresent(health -> line("outbox", outbox(health), ""));
        if (metrics.isPresent()) {
            describeIngest(new OperationsApi(ports.metricsUrl(), token), new RebuildsApi(ports.metricsUrl(), token));
        }
        line("versions", versions(ports, folder), "");
        line("data", folder.path().toString(), "");
        return isUp(messaging) && isUp(metrics) && kafka && postgresql ? 0 : 1;
    }

    private static void describeIngest(OperationsApi operations, RebuildsApi rebuilds) {
        JsonNode ingest = operations.ingest();
        line("ingest", lag(ingest), "");
        long quarantined = ingest.path("quarantined")
                .valueStream()
                .mapToLong(JsonNode::asLong)
                .sum();
        int incomplete = operations.incompleteNumbers().path("count").asInt();
        line(
                "quarantine",
                format("%,d records wait, providers whose numbers may be incomplete: %,d", quarantined, incomplete),
                "");
        line("live", "generation " + ingest.path("generation").asInt(), "");
        rebuilds.list()
                .path("rebuilds")
                .valueStream()
                .map(Rebuild::new)
                .filter(rebuild -> !rebuild.hasEnded() && !rebuild.isLive())
                .forEach(rebuild -> line("rebuild", rebuild.summary(), ""));
    }

    private static String lag(JsonNode ingest) {
        if (!ingest.path("lag").isNumber()) {
            return ingest.path("topicProblem").asString("the broker was not asked yet");
        }
        String time = ingest.path("lagSeconds").isNumber()
                ? format(", %,.0f s", ingest.path("lagSeconds").asDouble())
                : "";
        String rate = ingest.path("eventsPerSecond").isNumber()
                ? format(
                        ", reading %,.1f events/s",
                        ingest.path("eventsPerSecond").asDouble())
                : "";
        return format("%,d events behind", ingest.path("lag").asLong()) + time + rate;
    }

    /** The component of the health that counts what waits. */
    private static String outbox(JsonNode health) {
        return health.path("components")
                .valueStream()
                .map(component -> component.path("details").path("waiting"))
                .filter(JsonNode::isNumber)
                .findFirst()
                .map(waiting -> format("%,d events wait", waiting.asLong()))
                .orElse("unknown");
    }

    private static String status(Optional<JsonNode> health) {
        return health.map(answer -> answer.path("status").asString() + notUp(answer))
                .orElse("not running");
    }

    private static String notUp(JsonNode health) {
        StringJoiner components = new StringJoiner(", ", " (", ")").setEmptyValue("");
        health.path("components")
                .propertyStream()
                .filter(component ->
                        !component.getValue().path("status").asString("UP").equals("UP"))
                .forEach(component -> components.add(component.getKey()));
        return components.toString();
    }

    private static boolean isUp(Optional<JsonNode> health) {
        return health.map(answer -> answer.path("status").asString().equals("UP"))
                .orElse(false);
    }

    private static String versions(StackPorts ports, DataFolder folder) {
        String versions = "Replymeter " + Launcher.VERSION + ", Java " + System.getProperty("java.version");
        String url = "jdbc:postgresql://localhost:" + ports.postgresql() + "/postgres?connectTimeout=5&socketTimeout=5";
        try (Connection connection = DriverManager.getConnection(url, "postgres", folder.databasePassword())) {
            return versions + ", PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            return versions; // It does not run.
        }
    }

    private static void line(String what, String how, String where) {
        System.out.println(format("  %-12s %-12s %s", what, how, where).stripTrailing());
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
