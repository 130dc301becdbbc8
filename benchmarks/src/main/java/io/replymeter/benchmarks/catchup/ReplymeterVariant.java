package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Checksum;
import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.result.ServersCpu;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.ProcessUsage;
import io.replymeter.benchmarks.servers.Services;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.embedded.Database;
import io.replymeter.local.api.RebuildsApi;
import io.replymeter.local.stack.ServiceProcess;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Replymeter itself, in one of two ways: a service just started on an empty database and a topic full of events, until it
 * has caught up; or a rebuild in the service that serves the live generation and has caught up just before, because nobody
 * starts a service to rebuild.
 *
 * @param isRebuild whether it is the rebuild
 * @param jvmOptions of the service, beyond the ordinary ones
 * @param properties of the service
 */
record ReplymeterVariant(boolean isRebuild, List<String> jvmOptions, List<String> properties) implements Variant {

    private static final String DATABASE = "replymeter";
    private static final int LIVE = 1;
    private static final int REBUILT = 2;
    private static final String REBUILT_GROUP = "replymeter-metrics-" + REBUILT;
    private static final long POLL_MILLIS = 10;
    private static final String DAYS = """
            SELECT provider_id, day - date '1970-01-01', inquiries, answered, answered_late, response_micros
            FROM daily_metrics WHERE generation =
            """;

    @Override
    public String name() {
        return isRebuild ? "Replymeter, rebuild" : "Replymeter, live catch-up";
    }

    @Override
    public Run run(BenchmarkServers servers, LoadedTopic topic) throws Exception {
        Database database = servers.newDatabase(DATABASE);
        ServersCpu cpuBefore = servers.cpu();
        long started = System.nanoTime();
        try (ServiceProcess service = Services.metrics(servers, database, topic.name(), jvmOptions, properties);
                Connection connection = database.connect()) {
            AppliedEvents applied = new AppliedEvents(service, connection, LIVE);
            if (isRebuild) {
                applied.await(topic.events());
                deleteGroup(servers.admin());
                applied = new AppliedEvents(service, connection, REBUILT);
                cpuBefore = servers.cpu();
                started = System.nanoTime();
                new RebuildsApi(Services.url(service), servers.token("ops", "metrics:ops")).start(Map.of());
                awaitRebuildAssigned(servers.admin(), service);
            } else {
                applied.awaitAssigned();
            }
            long assigned = System.nanoTime();
            double serviceCpuBefore = ProcessUsage.cpuSeconds(service.processId());
            applied.await(topic.events());
            long ended = System.nanoTime();
            double serviceCpu = ProcessUsage.cpuSeconds(service.processId()) - serviceCpuBefore;
            ServersCpu cpu = servers.cpu().since(cpuBefore);
            Checksum checksum = Checksum.of(connection, DAYS + (isRebuild ? REBUILT : LIVE), topic.end());
            return new Run(
                    name(),
                    topic.events(),
                    (assigned - started) / 1e9,
                    (ended - assigned) / 1e9,
                    serviceCpu,
                    cpu,
                    checksum.toString());
        }
    }

    /** Deletes the consumer group that the run before has left. */
    private static void deleteGroup(Admin admin) throws InterruptedException {
        try {
            admin.deleteConsumerGroups(List.of(REBUILT_GROUP)).all().get();
        } catch (ExecutionException thereIsNone) {
            // As in the first run.
        }
    }

    /** Time counts from the moment the new generation's consumers have partitions, as with all other variants. */
    private static void awaitRebuildAssigned(Admin admin, ServiceProcess service) throws InterruptedException {
        while (!isRebuildAssigned(admin)) {
            service.requireAlive();
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static boolean isRebuildAssigned(Admin admin) throws InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(REBUILT_GROUP)).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .anyMatch(member -> !member.assignment().topicPartitions().isEmpty());
        } catch (ExecutionException thereIsNoneYet) {
            return false;
        }
    }
}
