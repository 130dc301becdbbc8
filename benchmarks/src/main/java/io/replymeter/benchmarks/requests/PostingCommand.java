package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.requests.Marketplace.Pair;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Conditions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many messages the messaging service takes by requests, and how many its outbox brings to the topic. */
@Command(
        name = "posting",
        description = "Messages by requests, and from the outbox to the topic.",
        mixinStandardHelpOptions = true)
public final class PostingCommand implements Callable<Integer> {

    private static final int PAIRS = 2_000;
    private static final int CLIENTS_EACH = 10;

    @Option(names = "--data", description = "Keeps the servers' data (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("benchmarks/target/data");

    @Option(names = "--callers", description = "Who each wait for their answer (default: ${DEFAULT-VALUE}).")
    private int callers = 16;

    @Option(
            names = "--warm-up",
            description = "Before it is measured (default: ${DEFAULT-VALUE}). With more callers than cores, the JVM's"
                    + " compilers get little of them, and need minutes.")
    private Duration warmUp = Duration.ofMinutes(3);

    @Option(names = "--time", description = "How long requests are sent (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofSeconds(30);

    @Option(names = "--backlog", description = "Messages in the outbox to begin with (default: ${DEFAULT-VALUE}).")
    private int backlog = 200_000;

    @Override
    public Integer call() throws Exception {
        try (BenchmarkServers servers = BenchmarkServers.start(data.toAbsolutePath());
                Marketplace marketplace = Marketplace.start(servers)) {
            requests(marketplace);
            OutboxDrain drain = new OutboxDrain(servers, marketplace);
            double perSecond = drain.measure(backlog);
            System.out.printf("outbox: %,d messages were brought to the topic at %,.0f/s%n", backlog, perSecond);
            System.out.println("order: " + TopicOrder.of(servers.bootstrapServers(), Marketplace.TOPIC));
            System.out.println(Conditions.of(servers));
            return 0;
        }
    }

    private void requests(Marketplace marketplace) throws Exception {
        List<Pair> pairs = marketplace.pairs(PAIRS, CLIENTS_EACH);
        System.out.printf(
                "requests, %d callers: %s (warm-up, %s)%n",
                callers, ClosedLoop.run(marketplace.messaging(), callers, warmUp, () -> any(pairs)), warmUp);
        long before = marketplace.events();
        ClosedLoop.Outcome outcome = ClosedLoop.run(marketplace.messaging(), callers, time, () -> any(pairs));
        long ended = System.nanoTime();
        while (marketplace.events() < before + outcome.latencies().count()) {
            Thread.sleep(1);
        }
        System.out.printf(
                "requests, %d callers: %s%n  the last message was in the topic %d ms after its answer%n",
                callers, outcome, (System.nanoTime() - ended) / 1_000_000);
    }

    private static byte[] any(List<Pair> pairs) {
        return pairs.get(ThreadLocalRandom.current().nextInt(pairs.size())).message();
    }
}
