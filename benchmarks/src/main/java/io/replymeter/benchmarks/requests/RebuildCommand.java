package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.load.Load;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Measurement;
import io.replymeter.benchmarks.servers.ProcessUsage;
import io.replymeter.benchmarks.servers.Services;
import io.replymeter.benchmarks.workload.HistoryOptions;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.local.api.RebuildsApi;
import io.replymeter.local.stack.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A rebuild as an operator sees it, while readers go on asking. */
@Command(name = "rebuild", description = "A rebuild from its start until it is ready, and what readers notice of it.")
public final class RebuildCommand extends Measurement {

    private static final String DATABASE = "readers";
    private static final int READERS = 8;
    private static final long POLL_MILLIS = 50;
    private static final String STATE = "SELECT state FROM rebuild WHERE generation = 2";
    /** How long each step took, in seconds: the replay, catching up, the comparison. */
    private static final String STEPS = """
            SELECT format('replay %s s, catching up %s s, comparison %s s, the live side waited %s ms, %s rows differ',
                          round(extract(epoch FROM replayed_at - started_at), 1),
                          round(extract(epoch FROM caught_up_at - replayed_at), 1),
                          round(extract(epoch FROM ready_at - caught_up_at), 1),
                          report ->> 'liveWaitedMilliseconds', report ->> 'differences')
            FROM rebuild JOIN verification USING (generation) WHERE generation = 2
            """;

    private static final String DISK = """
            SELECT string_agg('generation ' || generation || ': ' || pg_size_pretty(bytes), ', ' ORDER BY generation)
            FROM (SELECT right(relname, 1) AS generation, sum(pg_total_relation_size(oid)) AS bytes
                  FROM pg_class WHERE relkind = 'r' AND relname ~ '^(conversation|inquiry|daily_metrics)_g[12]$'
                  GROUP BY 1) AS sizes
            """;

    @Mixin
    private HistoryOptions history = new HistoryOptions(2_000_000);

    @Option(names = "--reads", description = "Reads a second (default: ${DEFAULT-VALUE}).")
    private int reads = 200;

    @Option(names = "--time", description = "How long readers are watched before it (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofSeconds(20);

    @Override
    protected boolean measure(BenchmarkServers servers) throws Exception {
        LoadedTopic topic = history.load(servers, "backlog");
        try (MeteredHistory metered = new MeteredHistory(servers, DATABASE, topic.name(), List.of())) {
            for (String title : List.of("to warm up", "without a rebuild")) {
                Load steady = read(metered);
                Thread.sleep(time.toMillis());
                System.out.printf("%d reads/s %s: %s%n", reads, title, steady.stop());
            }
            rebuild(servers, metered, topic);
        }
        return true;
    }

    private void rebuild(BenchmarkServers servers, MeteredHistory metered, LoadedTopic topic) throws Exception {
        ServiceProcess service = metered.service();
        RebuildsApi rebuilds = new RebuildsApi(Services.url(service), servers.token("ops", "metrics:ops"));
        Load during = read(metered);
        long memory = ProcessUsage.residentBytes(service.processId());
        long started = System.nanoTime();
        rebuilds.start(Map.of());
        long most = awaitReady(servers, service);
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf("%d reads/s during a rebuild: %s%n", reads, during.stop());
        System.out.printf(
                "%,d events: ready after %.1f s, %,.0f events/s; %s%n",
                topic.events(), seconds, topic.events() / seconds, servers.ask(DATABASE, STEPS));
        System.out.printf(
                "the service's memory: %d MB before, %d MB at most; %s%n",
                memory >> 20, most >> 20, servers.ask(DATABASE, DISK));
    }

    private Load read(MeteredHistory metered) {
        return Load.steady(
                metered.service(),
                READERS,
                reads,
                Integer.MAX_VALUE,
                (number, due) -> metered.metricsOf(metered.anyProvider()));
    }

    /** Returns the most memory that was seen. */
    private static long awaitReady(BenchmarkServers servers, ServiceProcess service) throws InterruptedException {
        long most = 0;
        while (!servers.ask(DATABASE, STATE).equals("READY")) {
            service.requireAlive();
            most = Math.max(most, ProcessUsage.residentBytes(service.processId()));
            Thread.sleep(POLL_MILLIS);
        }
        return most;
    }
}
