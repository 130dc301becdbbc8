package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.load.ClosedLoop;
import io.replymeter.benchmarks.requests.Marketplace.Correspondence;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Measurement;
import io.replymeter.benchmarks.workload.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many messages messaging-service takes by requests, and how many its outbox brings to the topic. */
@Command(name = "posting", description = "Messages by requests, and from the outbox to the topic.")
public final class PostingCommand extends Measurement {

    @Option(names = "--callers", description = "Callers, each waiting for its last answer (default: ${DEFAULT-VALUE}).")
    private int callers = 16;

    @Mixin
    private LoadTimes times = new LoadTimes(Duration.ofMinutes(3), Duration.ofSeconds(30));

    @Option(names = "--backlog", description = "Messages in the outbox to begin with (default: ${DEFAULT-VALUE}).")
    private int backlog = 200_000;

    @Option(
            names = "--bare",
            description = "Measures instead what a post costs beside the smallest Spring Boot service, cold and warm.")
    private boolean bare;

    @Override
    protected boolean measure(BenchmarkServers servers) throws Exception {
        try (Marketplace marketplace = Marketplace.start(servers, times)) {
            if (bare) {
                BesideBareService.measure(servers, marketplace, callers, times);
                return true;
            }
            requests(marketplace);
            double perSecond = new OutboxDrain(servers, marketplace).measure(backlog);
            System.out.printf("outbox: %,d messages were brought to the topic at %,.0f/s%n", backlog, perSecond);
            TopicReader topic = new TopicReader(servers.bootstrapServers(), Marketplace.TOPIC);
            System.out.println("order: " + TopicOrder.of(topic));
            return true;
        }
    }

    private void requests(Marketplace marketplace) throws Exception {
        List<Correspondence> people = marketplace.correspondences();
        Supplier<byte[]> messages = () ->
                people.get(ThreadLocalRandom.current().nextInt(people.size())).message();
        System.out.printf(
                "requests, %d callers: %s (warm-up, %s)%n",
                callers, ClosedLoop.measure(marketplace.messaging(), callers, times.warmUp, messages), times.warmUp);
        long before = marketplace.events();
        ClosedLoop measured = ClosedLoop.measure(marketplace.messaging(), callers, times.time, messages);
        long ended = System.nanoTime();
        while (marketplace.events() < before + measured.latencies().count()) {
            Thread.sleep(1);
        }
        System.out.printf(
                "requests, %d callers: %s%n  the last message was in the topic %d ms after its answer%n",
                callers, measured, (System.nanoTime() - ended) / 1_000_000);
    }
}
