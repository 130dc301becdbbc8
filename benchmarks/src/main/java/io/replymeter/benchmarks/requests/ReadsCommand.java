package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.catchup.Progress;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Conditions;
import io.replymeter.benchmarks.servers.Service;
import io.replymeter.benchmarks.servers.Tokens;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What reading metrics costs, beside reading one row by its key in the same service. */
@Command(name = "reads", description = "Reading metrics beside a primary-key look-up.", mixinStandardHelpOptions = true)
public final class ReadsCommand implements Callable<Integer> {

    private static final String DATABASE = "reads";
    private static final int MANY = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    @Option(names = "--data", description = "Keeps the servers' data (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("benchmarks/target/data");

    @Option(names = "--events", description = "Of the history that is read (default: ${DEFAULT-VALUE}).")
    private long events = 2_000_000;

    @Option(names = "--callers", description = "Who each wait for their answer (default: ${DEFAULT-VALUE}).")
    private int callers = 4;

    @Option(names = "--time", description = "How long each is measured (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofSeconds(15);

    @Option(names = "--rounds", description = "How often, in turn (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    private String token = "";

    @Override
    public Integer call() throws Exception {
        try (BenchmarkServers servers = BenchmarkServers.start(data.toAbsolutePath())) {
            token = new Tokens(servers).token("benchmark", "metrics:read");
            String topic = new LopsidedTopic(servers).load(events);
            String url = servers.newDatabase(DATABASE);
            try (Service service = Service.metrics(servers, url, topic, List.of("-Dloader.path=" + probe()), List.of())
                            .ready();
                    Connection connection = servers.connect(DATABASE);
                    TopicEnd end = new TopicEnd(servers.bootstrapServers(), topic)) {
                new Progress(service, connection, 1).awaitApplied(end.now());
                measure(service, StoredProviders.of(connection));
                System.out.println(Conditions.of(servers));
            }
        }
        return 0;
    }

    /** This module's classes, among which the service finds the endpoint with the look-up. */
    private static Path probe() {
        return Path.of(ReadsCommand.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private void measure(Service service, List<String> providers) throws Exception {
        Supplier<byte[]> lookUp = () -> get("/api/v1/benchmarks/" + any(providers) + "/" + anyDay());
        Supplier<byte[]> one = () -> get("/api/v1/providers/" + any(providers) + "/response-metrics");
        Supplier<byte[]> many = () -> get("/api/v1/response-metrics?"
                + IntStream.range(0, MANY)
                        .mapToObj(i -> "providerId=" + any(providers))
                        .collect(Collectors.joining("&")));
        Supplier<byte[]> busy = () -> get("/api/v1/providers/" + LopsidedTopic.BUSY + "/response-metrics");
        Supplier<byte[]> quiet = () -> get("/api/v1/providers/" + LopsidedTopic.QUIET + "/response-metrics");
        for (Supplier<byte[]> each : List.of(lookUp, one, many)) {
            ClosedLoop.run(service, callers, WARM_UP, each);
        }
        for (int round = 1; round <= rounds; round++) {
            report(service, callers, "one row by its primary key", lookUp);
            report(service, callers, "one provider's metrics", one);
            report(service, 1, "one provider's metrics", one);
            report(service, 1, MANY + " providers' metrics at once", many);
            report(service, 1, "of one with 10 inquiries in the window", quiet);
            report(service, 1, "of one with 100,000", busy);
        }
    }

    private void report(Service service, int its, String title, Supplier<byte[]> requests) throws Exception {
        System.out.printf("%-40s %d callers: %s%n", title, its, ClosedLoop.run(service, its, time, requests));
    }

    private byte[] get(String path) {
        return HttpConnection.get(path, token);
    }

    private static String any(List<String> providers) {
        return providers.get(ThreadLocalRandom.current().nextInt(providers.size()));
    }

    private static LocalDate anyDay() {
        return LocalDate.now(ZoneOffset.UTC)
                .minusDays(ThreadLocalRandom.current().nextInt(30));
    }
}
