package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.CpuTime;
import io.replymeter.benchmarks.servers.Service;
import io.replymeter.benchmarks.workload.LoadedTopic;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A rebuild of Replymeter, in the service that serves the live generation and has caught up just before: nobody starts a
 * service to rebuild. Time counts from the moment the new generation's consumers have their partitions, as with all others.
 */
final class ReplymeterRebuild implements Variant {

    private static final String DATABASE = "rebuild";
    private static final int LIVE = 1;
    private static final int REBUILT = 2;
    private static final String GROUP = "replymeter-metrics-" + REBUILT;
    private static final long POLL_MILLIS = 10;

    private final List<String> jvmOptions;
    private final List<String> properties;

    ReplymeterRebuild(List<String> jvmOptions, List<String> properties) {
        this.jvmOptions = jvmOptions;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "Replymeter, rebuild";
    }

    @Override
    public Run run(BenchmarkServers servers, LoadedTopic topic) throws Exception {
        deleteGroup(servers);
        String url = servers.newDatabase(DATABASE);
        try (Service service = Service.metrics(servers, url, topic.name(), jvmOptions, properties);
                Connection connection = servers.connect(DATABASE)) {
            new Progress(service, connection, LIVE).awaitApplied(topic.events());
            double postgresqlCpu = servers.postgresqlCpu();
            double kafkaCpu = servers.kafkaCpu();
            long requested = System.nanoTime();
            RebuildRequest.send(servers, service);
            awaitAssigned(servers, service);
            long assigned = System.nanoTime();
            double cpu = CpuTime.of(service.processId());
            new Progress(service, connection, REBUILT).awaitApplied(topic.events());
            long ended = System.nanoTime();
            return new Run(
                    name(),
                    topic.events(),
                    (ended - assigned) / 1e9,
                    (assigned - requested) / 1e9,
                    CpuTime.of(service.processId()) - cpu,
                    servers.postgresqlCpu() - postgresqlCpu,
                    servers.kafkaCpu() - kafkaCpu,
                    StoredResults.checksum(connection, REBUILT, topic.end()));
        }
    }

    /** Of the run before, whose members are gone but not yet missed. */
    private static void deleteGroup(BenchmarkServers servers) throws InterruptedException {
        try (Admin admin = admin(servers)) {
            admin.deleteConsumerGroups(List.of(GROUP)).all().get();
        } catch (ExecutionException thereIsNone) {
            // As in the first run.
        }
    }

    private static void awaitAssigned(BenchmarkServers servers, Service service)
            throws ExecutionException, InterruptedException {
        try (Admin admin = admin(servers)) {
            while (!isAssigned(admin)) {
                service.requireAlive();
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private static boolean isAssigned(Admin admin) throws InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(GROUP)).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .anyMatch(member -> !member.assignment().topicPartitions().isEmpty());
        } catch (ExecutionException thereIsNoneYet) {
            return false;
        }
    }

    private static Admin admin(BenchmarkServers servers) {
        return Admin.create(Map.of("bootstrap.servers", servers.bootstrapServers()));
    }
}
