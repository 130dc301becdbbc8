package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.load.ClosedLoop;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Measurement;
import io.replymeter.benchmarks.servers.Services;
import io.replymeter.benchmarks.workload.HistoryOptions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What reading metrics costs, compared with reading one row by its key in the same service. */
@Command(name = "reads", description = "Reading metrics, compared with a primary-key look-up.")
public final class ReadsCommand extends Measurement {

    private static final int MANY = 100;

    @Mixin
    private HistoryOptions history = new HistoryOptions(2_000_000);

    @Option(names = "--callers", description = "Callers, each waiting for its last answer (default: ${DEFAULT-VALUE}).")
    private int callers = 4;

    @Mixin
    private LoadTimes times = new LoadTimes(Duration.ofSeconds(15), Duration.ofSeconds(15));

    @Option(names = "--rounds", description = "How often each is measured, in turn (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Override
    protected boolean measure(BenchmarkServers servers) throws Exception {
        LopsidedTopic.load(servers, history);
        List<String> jvmOptions = new ArrayList<>(times.jvmOptions);
        jvmOptions.add("-Dloader.path=" + Services.ownClasses()); // with the look-up
        try (MeteredHistory metered = new MeteredHistory(servers, "reads", LopsidedTopic.NAME, jvmOptions, List.of())) {
            measure(metered);
        }
        return true;
    }

    private void measure(MeteredHistory metered) throws Exception {
        Supplier<byte[]> lookUp = () -> metered.get("/api/v1/benchmarks/" + metered.anyProvider() + "/" + anyDay());
        Supplier<byte[]> one = () -> metered.metricsOf(metered.anyProvider());
        Supplier<byte[]> many = () -> metered.get("/api/v1/response-metrics?"
                + IntStream.range(0, MANY)
                        .mapToObj(i -> "providerId=" + metered.anyProvider())
                        .collect(Collectors.joining("&")));
        for (Supplier<byte[]> each : List.of(lookUp, one, many)) {
            ClosedLoop.measure(metered.service(), callers, times.warmUp, each);
        }
        for (int round = 1; round <= rounds; round++) {
            report(metered, callers, "one row by its primary key", lookUp);
            report(metered, callers, "one provider's metrics", one);
            report(metered, 1, "one provider's metrics", one);
            report(metered, 1, MANY + " providers' metrics at once", many);
            report(metered, 1, "of one with 10 inquiries in the window", () -> metered.metricsOf(LopsidedTopic.QUIET));
            report(metered, 1, "of one with 100,000", () -> metered.metricsOf(LopsidedTopic.BUSY));
        }
    }

    private void report(MeteredHistory metered, int number, String title, Supplier<byte[]> requests) throws Exception {
        ClosedLoop measured = ClosedLoop.measure(metered.service(), number, times.time, requests);
        System.out.printf("%-40s %d callers: %s%n", title, number, measured);
    }

    private static LocalDate anyDay() {
        return LocalDate.now(ZoneOffset.UTC)
                .minusDays(ThreadLocalRandom.current().nextInt(30));
    }
}
