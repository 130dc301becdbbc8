package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.catchup.AppliedEvents;
import io.replymeter.benchmarks.load.HttpConnection;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Services;
import io.replymeter.embedded.Database;
import io.replymeter.local.stack.ServiceProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A metrics-service that has worked off a topic, and the requests of its readers. */
final class MeteredHistory implements AutoCloseable {

    private static final String PROVIDERS = """
            SELECT provider_id FROM daily_metrics GROUP BY provider_id ORDER BY provider_id
            """;

    private final ServiceProcess service;
    private final List<String> providers = new ArrayList<>();
    private final String token;

    /** Starts the service on a new database and waits until it has applied the whole topic. */
    MeteredHistory(
            BenchmarkServers servers,
            String databaseName,
            String topic,
            List<String> jvmOptions,
            List<String> properties)
            throws Exception {
        Database database = servers.newDatabase(databaseName);
        service = Services.metrics(servers, database, topic, jvmOptions, properties);
        token = servers.token("benchmark", "metrics:read");
        service.awaitReady();
        try (Connection connection = database.connect()) {
            new AppliedEvents(service, connection, 1).await(servers.records(topic));
            addProviders(connection);
        }
    }

    private void addProviders(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PROVIDERS)) {
            while (row.next()) {
                providers.add(row.getString(1));
            }
        }
    }

    ServiceProcess service() {
        return service;
    }

    String anyProvider() {
        return providers.get(ThreadLocalRandom.current().nextInt(providers.size()));
    }

    /** The request for a provider's metrics. */
    byte[] metricsOf(Object providerId) {
        return get("/api/v1/providers/" + providerId + "/response-metrics");
    }

    byte[] get(String path) {
        return HttpConnection.get(path, token);
    }

    @Override
    public void close() {
        service.close();
    }
}
