package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Conditions;
import io.replymeter.benchmarks.servers.CpuTime;
import io.replymeter.benchmarks.servers.Service;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.benchmarks.workload.TopicLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an event costs when there are more and more facts. Prints a line for every so many events as they are applied. */
@Command(
        name = "growth",
        description = "What an event costs when there are more and more facts.",
        mixinStandardHelpOptions = true)
public final class GrowthCommand implements Callable<Integer> {

    private static final String DATABASE = "growth";
    /** Of what is stored a fact takes 26 bytes. */
    private static final String FACTS = """
            SELECT coalesce(sum(length(facts)), 0) / 26 || ' facts, ' || count(*) || ' conversations, '
                || pg_size_pretty(pg_database_size(current_database())) FROM conversation
            """;

    @Option(names = "--data", description = "Keeps the servers' data (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("benchmarks/target/data");

    @Option(names = "--events", description = "About how many (default: ${DEFAULT-VALUE}).")
    private long events = 12_000_000;

    @Option(names = "--step", description = "Events a line (default: ${DEFAULT-VALUE}).")
    private long step = 1_000_000;

    @Override
    public Integer call() throws Exception {
        try (BenchmarkServers servers = BenchmarkServers.start(data.toAbsolutePath())) {
            LoadedTopic topic = new TopicLoader(servers.bootstrapServers(), servers.folder()).load("growth", events, 1);
            String url = servers.newDatabase(DATABASE);
            try (Service service = Service.metrics(servers, url, topic.name(), List.of(), List.of());
                    Connection connection = servers.connect(DATABASE)) {
                Progress progress = new Progress(service, connection, 1);
                progress.awaitAssigned();
                System.out.println("| events | events/s | CPU an event, µs: service + PostgreSQL | service's memory |");
                System.out.println("| --- | --- | --- | --- |");
                while (progress.applied() < topic.events()) {
                    step(servers, service, progress, topic);
                }
            }
            System.out.printf("%n%s%n%s%n", servers.ask(DATABASE, FACTS), Conditions.of(servers));
        }
        return 0;
    }

    private void step(BenchmarkServers servers, Service service, Progress progress, LoadedTopic topic)
            throws Exception {
        long before = progress.applied();
        double cpu = CpuTime.of(service.processId());
        double postgresqlCpu = servers.postgresqlCpu();
        long started = System.nanoTime();
        progress.awaitApplied(Math.min(before + step, topic.events()));
        double seconds = (System.nanoTime() - started) / 1e9;
        long after = progress.applied();
        double micros = 1e6 / (after - before);
        System.out.printf(
                "| %,d to %,d | %,.0f | %.1f + %.1f | %d MB |%n",
                before,
                after,
                (after - before) / seconds,
                (CpuTime.of(service.processId()) - cpu) * micros,
                (servers.postgresqlCpu() - postgresqlCpu) * micros,
                CpuTime.residentBytes(service.processId()) >> 20);
    }
}
