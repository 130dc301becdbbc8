package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Checksum;
import io.replymeter.benchmarks.result.DailyResult;
import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.CpuTime;
import io.replymeter.benchmarks.servers.Service;
import io.replymeter.benchmarks.workload.LoadedTopic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** Replymeter, started on an empty database and a topic full of events, until it has caught up. */
final class ReplymeterCatchUp implements Variant {

    private static final String DATABASE = "catch_up";
    private static final String RESULTS = """
            SELECT provider_id, day - date '1970-01-01' AS day, inquiries, answered, answered_late, response_micros
            FROM active_generation JOIN daily_metrics USING (generation)
            """;

    private final List<String> jvmOptions;
    private final List<String> properties;

    ReplymeterCatchUp(List<String> jvmOptions, List<String> properties) {
        this.jvmOptions = jvmOptions;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "Replymeter, live catch-up";
    }

    @Override
    public Run run(BenchmarkServers servers, LoadedTopic topic) throws Exception {
        String url = servers.newDatabase(DATABASE);
        double postgresqlCpu = servers.postgresqlCpu();
        double kafkaCpu = servers.kafkaCpu();
        long started = System.nanoTime();
        try (Service service = Service.metrics(servers, url, topic.name(), jvmOptions, properties);
                Connection connection = servers.connect(DATABASE)) {
            Progress progress = new Progress(service, connection);
            progress.awaitAssigned();
            long assigned = System.nanoTime();
            double cpu = CpuTime.of(service.processId());
            progress.awaitApplied(topic.events());
            long ended = System.nanoTime();
            return new Run(
                    name(),
                    topic.events(),
                    (ended - assigned) / 1e9,
                    (assigned - started) / 1e9,
                    CpuTime.of(service.processId()) - cpu,
                    servers.postgresqlCpu() - postgresqlCpu,
                    servers.kafkaCpu() - kafkaCpu,
                    checksum(connection, topic));
        }
    }

    private static String checksum(Connection connection, LoadedTopic topic) throws SQLException {
        Checksum checksum = new Checksum(topic.end());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RESULTS)) {
            while (row.next()) {
                checksum.add(new DailyResult(
                        row.getObject("provider_id", UUID.class),
                        row.getInt("day"),
                        row.getLong("inquiries"),
                        row.getLong("answered"),
                        row.getLong("answered_late"),
                        row.getLong("response_micros")));
            }
        }
        return checksum.toString();
    }
}
