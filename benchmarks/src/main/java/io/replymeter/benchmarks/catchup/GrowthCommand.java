package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.ServersCpu;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Measurement;
import io.replymeter.benchmarks.servers.ProcessUsage;
import io.replymeter.benchmarks.servers.Services;
import io.replymeter.benchmarks.workload.HistoryOptions;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.embedded.Database;
import io.replymeter.local.stack.ServiceProcess;
import java.sql.Connection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what an event costs as facts accumulate, and prints a line for every so many events. */
@Command(name = "growth", description = "What an event costs as facts accumulate.")
public final class GrowthCommand extends Measurement {

    /** A stored fact takes 26 bytes. */
    private static final String FACTS = """
            SELECT coalesce(sum(length(facts)), 0) / 26 || ' facts, ' || count(*) || ' conversations, '
                || pg_size_pretty(pg_database_size(current_database())) FROM conversation
            """;

    @Mixin
    private HistoryOptions history = new HistoryOptions(12_000_000);

    @Option(names = "--step", description = "Events per line (default: ${DEFAULT-VALUE}).")
    private long step = 1_000_000;

    @Override
    protected boolean measure(BenchmarkServers servers) throws Exception {
        LoadedTopic topic = history.load(servers, "growth");
        Database database = servers.newDatabase("growth");
        try (ServiceProcess service = Services.metrics(servers, database, topic.name(), List.of(), List.of());
                Connection connection = database.connect()) {
            AppliedEvents applied = new AppliedEvents(service, connection, 1);
            applied.awaitAssigned();
            System.out.println("| events | events/s | CPU an event, µs: service + PostgreSQL | service's memory |");
            System.out.println("| --- | --- | --- | --- |");
            while (applied.count() < topic.events()) {
                step(servers, service, applied, topic);
            }
        }
        System.out.printf("%n%s%n", servers.ask("growth", FACTS));
        return true;
    }

    private void step(BenchmarkServers servers, ServiceProcess service, AppliedEvents applied, LoadedTopic topic)
            throws Exception {
        long before = applied.count();
        double serviceCpu = ProcessUsage.cpuSeconds(service.processId());
        ServersCpu cpu = servers.cpu();
        long started = System.nanoTime();
        applied.await(Math.min(before + step, topic.events()));
        double seconds = (System.nanoTime() - started) / 1e9;
        long after = applied.count();
        double micros = 1e6 / (after - before);
        System.out.printf(
                "| %,d to %,d | %,.0f | %.1f + %.1f | %d MB |%n",
                before,
                after,
                (after - before) / seconds,
                (ProcessUsage.cpuSeconds(service.processId()) - serviceCpu) * micros,
                servers.cpu().since(cpu).postgresql() * micros,
                ProcessUsage.residentBytes(service.processId()) >> 20);
    }
}
