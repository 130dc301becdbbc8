package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Conditions;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.benchmarks.workload.TopicLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole comparison. */
@Command(
        name = "compare",
        description = "All variants on one log, in interleaved rounds; prints a Markdown table."
                + " A short one: --events=300000 --rounds=3.",
        mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {

    @Option(names = "--data", description = "Keeps the servers' data (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("benchmarks/target/data");

    @Option(names = "--events", description = "About how many (default: ${DEFAULT-VALUE}).")
    private long events = 2_000_000;

    @Option(
            names = "--sample",
            description = "The same for what needs a transaction an event (default: ${DEFAULT-VALUE}).")
    private long sample = 20_000;

    @Option(names = "--seed", description = "Another one makes another history (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--rounds", description = "How often each variant runs (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--longest", description = "No round begins after this (default: ${DEFAULT-VALUE}).")
    private Duration longest = Duration.ofMinutes(25);

    @Option(names = "--resume", description = "Goes on where a comparison was interrupted.")
    private boolean resume;

    @Override
    public Integer call() throws Exception {
        try (BenchmarkServers servers = BenchmarkServers.start(data.toAbsolutePath())) {
            TopicLoader loader = new TopicLoader(servers.bootstrapServers(), servers.folder());
            LoadedTopic log = loader.load("backlog", events, seed);
            LoadedTopic small = loader.load("sample", sample, seed);
            String title = "%,d events of %,d bytes over 45 days (a transaction an event: %,d), 12 partitions, lz4."
                    .formatted(log.events(), log.bytes() / log.events(), small.events());
            System.out.println(title);
            Results results = new Results(servers.folder().resolve("comparison.csv"), resume);
            new Comparison(servers, log, small).run(results, rounds, longest);
            System.out.printf("%n%s%n%s%n%n%s%n", title, Conditions.of(servers), ComparisonTable.of(results));
            return results.allCount() ? 0 : 1;
        }
    }
}
