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
import picocli.CommandLine.Parameters;

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

    @Option(names = "--reads", description = "Reads a second; 0 for none (default: ${DEFAULT-VALUE}).")
    private int reads = 200;

    @Option(names = "--time", description = "How long readers are watched before it (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofSeconds(20);

    @Option(names = "--jvm", description = "An option of the service's JVM; may be repeated.")
    private List<String> jvmOptions = List.of();

    @Parameters(description = "Properties of the service, such as --replymeter.ingest.threads=1, after a --.")
    private List<String> properties = List.of();

    @Override
    protected boolean measure(BenchmarkServers servers) throws Exception {
        LoadedTopic topic = history.load(servers, "backlog");
        try (MeteredHistory metered = new MeteredHistory(servers, DATABASE, topic.name(), jvmOptions, properties)) {
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
        String before = ProcessUsage.memory(service.processId());
        long started = System.nanoTime();
        rebuilds.start(Map.of());
        awaitEndOf("REPLAYING", servers, metered);
        awaitEndOf("CATCHING_UP, VERIFYING", servers, metered);
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                "%,d events: ready after %.1f s, %,.0f events/s; %s%n",
                topic.events(), seconds, topic.events() / seconds, servers.ask(DATABASE, STEPS));
        System.out.printf(
                "the service's memory: %s before, %s after; %s%n",
                before, ProcessUsage.memory(service.processId()), servers.ask(DATABASE, DISK));
    }

    private Load read(MeteredHistory metered) {
        return Load.steady(
                metered.service(),
                READERS,
                Math.max(1, reads),
                reads == 0 ? 0 : Integer.MAX_VALUE,
                (number, due) -> metered.metricsOf(metered.anyProvider()));
    }

    /** Reads until the rebuild has left {@code states}. */
    private void awaitEndOf(String states, BenchmarkServers servers, MeteredHistory metered) throws Exception {
        Load during = read(metered);
        while (states.contains(servers.ask(DATABASE, STATE))) {
            metered.service().requireAlive();
            Thread.sleep(POLL_MILLIS);
        }
        System.out.printf("%d reads/s while %s: %s%n", reads, states, during.stop());
    }
}
