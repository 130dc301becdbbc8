package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.peers.DecodeAndFold;
import io.replymeter.benchmarks.peers.SqlQuery;
import io.replymeter.benchmarks.peers.StreamsPeer;
import io.replymeter.benchmarks.peers.TransactionPerEvent;
import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.workload.LoadedTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs every variant in turn, round after round, on the same log; each round begins with another variant. What is too slow
 * for the whole log gets a smaller one of the same kind. All variants decode with the contract's codec.
 */
final class Comparison {

    /** What all others are compared with. */
    static final String YARDSTICK = "Kafka Streams, tuned";

    private record Entry(Variant variant, boolean onSample) {}

    private final List<Entry> entries = List.of(
            new Entry(new ReplymeterVariant(false, List.of(), List.of()), false),
            new Entry(new ReplymeterVariant(true, List.of(), List.of()), false),
            new Entry(new PeerVariant(YARDSTICK, StreamsPeer.class, "2g", "tuned"), false),
            new Entry(new PeerVariant("Kafka Streams, defaults", StreamsPeer.class, "2g", "defaults"), false),
            new Entry(new PeerVariant("COPY and one SQL query", SqlQuery.class, "1g", ""), false),
            new Entry(new PeerVariant("a transaction an event, 1 thread", TransactionPerEvent.class, "1g", "1"), true),
            new Entry(new PeerVariant("a transaction an event, 2 threads", TransactionPerEvent.class, "1g", "2"), true),
            new Entry(new PeerVariant("limit: decode and fold", DecodeAndFold.class, "2g", ""), false));

    private final BenchmarkServers servers;
    private final LoadedTopic log;
    private final LoadedTopic sample;

    Comparison(BenchmarkServers servers, LoadedTopic log, LoadedTopic sample) {
        this.servers = servers;
        this.log = log;
        this.sample = sample;
    }

    /**
     * Runs what {@code results} does not have yet, and prints each run as it ends.
     *
     * @param longest after which no further round begins
     */
    void run(Results results, int rounds, Duration longest) throws Exception {
        long deadline = System.nanoTime() + longest.toNanos();
        for (int round = 1; round <= rounds; round++) {
            if (System.nanoTime() > deadline) {
                System.out.printf("Round %d is left out: the comparison has taken longer than %s.%n", round, longest);
                return;
            }
            for (Entry entry : inTurn(round)) {
                if (!results.has(round, entry.variant.name())) {
                    run(results, round, entry);
                }
            }
        }
    }

    private void run(Results results, int round, Entry entry) throws Exception {
        LoadedTopic topic = entry.onSample ? sample : log;
        Run run = entry.variant.run(servers, topic);
        boolean counts = run.checksum().equals(topic.checksum());
        results.add(round, run, counts);
        System.out.printf("round %d  %s%s%n", round, run, counts ? "" : "  DOES NOT COUNT: " + topic.checksum());
    }

    private List<Entry> inTurn(int round) {
        List<Entry> turned = new ArrayList<>(entries);
        Collections.rotate(turned, 1 - round);
        return turned;
    }
}
