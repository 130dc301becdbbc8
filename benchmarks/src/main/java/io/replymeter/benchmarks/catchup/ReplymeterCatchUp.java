package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.CpuTime;
import io.replymeter.benchmarks.servers.Service;
import io.replymeter.benchmarks.workload.LoadedTopic;
import java.sql.Connection;
import java.util.List;

/** Replymeter, started on an empty database and a topic full of events, until it has caught up. */
final class ReplymeterCatchUp implements Variant {

    private static final String DATABASE = "catch_up";
    private static final int GENERATION = 1;
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
            Progress progress = new Progress(service, connection, GENERATION);
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
                    StoredResults.checksum(connection, GENERATION, topic.end()));
        }
    }
}
