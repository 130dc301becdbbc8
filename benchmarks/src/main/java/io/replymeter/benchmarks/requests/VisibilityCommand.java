package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.requests.Marketplace.Pair;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Conditions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long it takes from a message's time until the metrics API shows what it changes, under a constant load. Messages are
 * sent at fixed times, whether or not earlier ones are answered, and times are counted from then: a service that stalls
 * cannot make its load wait and so look quick.
 */
@Command(
        name = "visibility",
        description = "From a message to the metric that shows it, under load.",
        mixinStandardHelpOptions = true)
public final class VisibilityCommand implements Callable<Integer> {

    private static final int SENDERS = 32;
    /** One message in so many is the first of a new provider's, and is looked for. */
    private static final int PROBED = 50;

    private static final int PAIRS = 2_000;
    private static final int CLIENTS_EACH = 10;

    @Option(names = "--data", description = "Keeps the servers' data (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("benchmarks/target/data");

    @Option(names = "--rate", description = "Messages a second (default: ${DEFAULT-VALUE}).")
    private int rate = 500;

    @Option(names = "--warm-up", description = "Before it is measured (default: ${DEFAULT-VALUE}).")
    private Duration warmUp = Duration.ofSeconds(30);

    @Option(names = "--time", description = "How long (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofMinutes(5);

    @Override
    public Integer call() throws Exception {
        try (BenchmarkServers servers = BenchmarkServers.start(data.toAbsolutePath());
                Marketplace marketplace = Marketplace.start(servers)) {
            List<Pair> pairs = marketplace.pairs(PAIRS, CLIENTS_EACH);
            run(marketplace, pairs, warmUp, "Warm-up");
            run(marketplace, pairs, time, "Measured");
            System.out.println(Conditions.of(servers));
            return 0;
        }
    }

    private void run(Marketplace marketplace, List<Pair> pairs, Duration longest, String title) throws Exception {
        int messages = Math.toIntExact(longest.toSeconds() * rate);
        List<Pair> fresh = marketplace.pairs(messages / PROBED, 1);
        Latencies posted = new Latencies();
        long start;
        try (Sightings sightings = new Sightings(marketplace)) {
            start = System.nanoTime();
            send(
                    marketplace,
                    messages,
                    start,
                    number -> {
                        boolean probe = number % PROBED == 0 && number / PROBED < fresh.size();
                        Pair pair = probe
                                ? fresh.get(number / PROBED)
                                : pairs.get(ThreadLocalRandom.current().nextInt(pairs.size()));
                        if (probe) {
                            sightings.expect(pair.provider().id(), due(start, number));
                        }
                        return probe ? pair.client().writesTo(pair.provider()) : pair.message();
                    },
                    posted);
            System.out.printf(
                    "%s: %,d messages in %.1f s%n  answered after %s%n  seen in the metrics after %s (%,d looked for)%n",
                    title, messages, (System.nanoTime() - start) / 1e9, posted, sightings.awaitAll(), fresh.size());
        }
    }

    /** The request of a number. */
    private interface Requests {
        byte[] of(int number);
    }

    private void send(Marketplace marketplace, int messages, long start, Requests requests, Latencies posted)
            throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try {
            Callable<Void> sender = () -> {
                try (HttpConnection connection =
                        new HttpConnection(marketplace.messaging().port())) {
                    for (int number = next.getAndIncrement(); number < messages; number = next.getAndIncrement()) {
                        LockSupport.parkNanos(due(start, number) - System.nanoTime());
                        connection.exchange(requests.of(number));
                        posted.add(System.nanoTime() - due(start, number));
                    }
                }
                return null;
            };
            for (var sent : threads.invokeAll(Collections.nCopies(SENDERS, sender))) {
                sent.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private long due(long start, int number) {
        return start + number * 1_000_000_000L / rate;
    }
}
