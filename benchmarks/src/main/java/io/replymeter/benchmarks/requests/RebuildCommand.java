package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.catchup.Progress;
import io.replymeter.benchmarks.catchup.RebuildRequest;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Conditions;
import io.replymeter.benchmarks.servers.CpuTime;
import io.replymeter.benchmarks.servers.Service;
import io.replymeter.benchmarks.servers.Tokens;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.benchmarks.workload.TopicLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A rebuild as an operator sees it, while readers go on asking. */
@Command(
        name = "rebuild",
        description = "A rebuild from its start until it is ready, and what readers notice of it.",
        mixinStandardHelpOptions = true)
public final class RebuildCommand implements Callable<Integer> {

    private static final String DATABASE = "readers";
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

    @Option(names = "--data", description = "Keeps the servers' data (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("benchmarks/target/data");

    @Option(names = "--events", description = "About how many (default: ${DEFAULT-VALUE}).")
    private long events = 2_000_000;

    @Option(names = "--seed", description = "Another one makes another history (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--reads", description = "A second (default: ${DEFAULT-VALUE}).")
    private int reads = 200;

    @Option(names = "--time", description = "How long readers are watched before it (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofSeconds(20);

    private String token = "";

    @Override
    public Integer call() throws Exception {
        try (BenchmarkServers servers = BenchmarkServers.start(data.toAbsolutePath())) {
            token = new Tokens(servers).token("benchmark", "metrics:read");
            LoadedTopic topic =
                    new TopicLoader(servers.bootstrapServers(), servers.folder()).load("backlog", events, seed);
            String url = servers.newDatabase(DATABASE);
            try (Service service = Service.metrics(servers, url, topic.name(), List.of(), List.of())
                            .ready();
                    Connection connection = servers.connect(DATABASE)) {
                new Progress(service, connection, 1).awaitApplied(topic.events());
                run(servers, service, topic, StoredProviders.of(connection));
                System.out.println(Conditions.of(servers));
            }
        }
        return 0;
    }

    private void run(BenchmarkServers servers, Service service, LoadedTopic topic, List<String> providers)
            throws Exception {
        for (String title : List.of("to warm up", "without a rebuild")) {
            SteadyReads steady = read(service, providers);
            Thread.sleep(time.toMillis());
            System.out.printf("%d reads/s %s: %s%n", reads, title, steady.stop());
        }
        SteadyReads during = read(service, providers);
        long memory = CpuTime.residentBytes(service.processId());
        long started = System.nanoTime();
        RebuildRequest.send(servers, service);
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

    private SteadyReads read(Service service, List<String> providers) {
        return new SteadyReads(
                service,
                reads,
                () -> HttpConnection.get(
                        "/api/v1/providers/"
                                + providers.get(ThreadLocalRandom.current().nextInt(providers.size()))
                                + "/response-metrics",
                        token));
    }

    /** Returns the most memory that was seen. */
    private static long awaitReady(BenchmarkServers servers, Service service) throws InterruptedException {
        long most = 0;
        while (!servers.ask(DATABASE, STATE).equals("READY")) {
            service.requireAlive();
            most = Math.max(most, CpuTime.residentBytes(service.processId()));
            Thread.sleep(POLL_MILLIS);
        }
        return most;
    }
}
