package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Measurement;
import io.replymeter.benchmarks.workload.HistoryOptions;
import io.replymeter.benchmarks.workload.LoadedTopic;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole comparison. */
@Command(
        name = "compare",
        description = "All variants on one log, in interleaved rounds; prints a Markdown table."
                + " A short one: --events=300000 --rounds=3.")
public final class CompareCommand extends Measurement {

    @Mixin
    private HistoryOptions history = new HistoryOptions(2_000_000);

    @Option(
            names = "--sample",
            description = "Events for the variants with a transaction an event (default: ${DEFAULT-VALUE}).")
    private long sample = 20_000;

    @Option(names = "--rounds", description = "How often each variant runs (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--longest", description = "No round begins after this time (default: ${DEFAULT-VALUE}).")
    private Duration longest = Duration.ofMinutes(25);

    @Option(names = "--resume", description = "Goes on where a comparison was interrupted.")
    private boolean resume;

    @Override
    protected boolean measure(BenchmarkServers servers) throws Exception {
        LoadedTopic log = history.load(servers, "backlog");
        LoadedTopic small = history.load(servers, "sample", sample);
        String title = "%,d events of %,d bytes over 45 days (a transaction an event: %,d), 12 partitions, lz4."
                .formatted(log.events(), log.bytes() / log.events(), small.events());
        System.out.println(title);
        Results results = new Results(servers.folder().resolve("comparison.jsonl"), resume);
        new Comparison(servers, log, small).run(results, rounds, longest);
        System.out.printf("%n%s%n%n%s%n", title, ComparisonTable.of(results));
        return results.allCount();
    }
}
