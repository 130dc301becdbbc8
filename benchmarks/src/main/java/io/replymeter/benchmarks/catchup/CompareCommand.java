package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.peers.DecodeAndFold;
import io.replymeter.benchmarks.peers.SqlQuery;
import io.replymeter.benchmarks.peers.StreamsPeer;
import io.replymeter.benchmarks.peers.TransactionPerEvent;
import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Measurement;
import io.replymeter.benchmarks.workload.HistoryOptions;
import io.replymeter.benchmarks.workload.LoadedTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs every variant in turn, round after round, on the same log; each round begins with another variant. What is too slow
 * for the whole log gets a smaller one of the same kind. All variants decode with the contract's codec.
 */
@Command(
        name = "compare",
        description = "All variants on one log, in interleaved rounds; prints a Markdown table."
                + " In some three minutes: --quick.")
public final class CompareCommand extends Measurement {

    /** The variant all others are compared with. */
    static final String YARDSTICK = "Kafka Streams, tuned";

    private record Entry(Variant variant, boolean onSample) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry(new ReplymeterVariant(false, List.of(), List.of()), false),
            new Entry(new ReplymeterVariant(true, List.of(), List.of()), false),
            new Entry(new PeerVariant(YARDSTICK, StreamsPeer.class, "2g", "tuned"), false),
            new Entry(new PeerVariant("Kafka Streams, defaults", StreamsPeer.class, "2g", "defaults"), false),
            new Entry(new PeerVariant("COPY and one SQL query", SqlQuery.class, "1g", ""), false),
            new Entry(new PeerVariant("a transaction an event, 1 thread", TransactionPerEvent.class, "1g", "1"), true),
            new Entry(new PeerVariant("a transaction an event, 2 threads", TransactionPerEvent.class, "1g", "2"), true),
            new Entry(new PeerVariant("limit: decode and fold", DecodeAndFold.class, "2g", ""), false));

    private static final int QUICK_EVENTS = 300_000;
    private static final int QUICK_ROUNDS = 3;

    @Mixin
    private HistoryOptions history = new HistoryOptions(2_000_000);

    @Option(
            names = "--quick",
            description =
                    "Three rounds of the main variants on 300,000 events, without --events and --rounds. Only ratios"
                            + " are printed, and held to what they were; fails when one is far below.")
    private boolean quick;

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
        return quick ? measureQuickly(servers) : measureAll(servers);
    }

    private boolean measureQuickly(BenchmarkServers servers) throws Exception {
        LoadedTopic log = history.load(servers, "quick", QUICK_EVENTS);
        Results results = new Results(servers.folder().file("quick.jsonl"), false);
        Baseline baseline = new Baseline();
        for (int round = 1; round <= QUICK_ROUNDS; round++) {
            for (Entry entry : inTurn(round)) {
                if (baseline.has(entry.variant) || entry.variant.name().equals(YARDSTICK)) {
                    run(servers, entry.variant, log, round, results);
                }
            }
        }
        System.out.print(baseline.table(results));
        return results.allCount() && baseline.holds(results);
    }

    private boolean measureAll(BenchmarkServers servers) throws Exception {
        LoadedTopic log = history.load(servers, "backlog");
        LoadedTopic small = history.load(servers, "sample", sample);
        String title = "%,d events of %,d bytes over 45 days (a transaction an event: %,d), 12 partitions, lz4."
                .formatted(log.events(), log.bytes() / log.events(), small.events());
        System.out.println(title);
        Results results = new Results(servers.folder().file("comparison.jsonl"), resume);
        long deadline = System.nanoTime() + longest.toNanos();
        for (int round = 1; round <= rounds && System.nanoTime() < deadline; round++) {
            for (Entry entry : inTurn(round)) {
                if (!results.has(round, entry.variant.name())) {
                    run(servers, entry.variant, entry.onSample ? small : log, round, results);
                }
            }
        }
        System.out.printf("%n%s%n%n%s%n", title, ComparisonTable.of(results));
        return results.allCount();
    }

    private static void run(BenchmarkServers servers, Variant variant, LoadedTopic topic, int round, Results results)
            throws Exception {
        Run run = variant.run(servers, topic);
        boolean counts = run.checksum().equals(topic.checksum());
        results.add(round, run, counts);
        System.out.printf("round %d  %s%s%n", round, run, counts ? "" : "  DOES NOT COUNT: " + topic.checksum());
    }

    private static List<Entry> inTurn(int round) {
        List<Entry> turned = new ArrayList<>(ENTRIES);
        Collections.rotate(turned, 1 - round);
        return turned;
    }
}
