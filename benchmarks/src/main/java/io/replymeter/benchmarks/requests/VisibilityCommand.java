package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.load.Latencies;
import io.replymeter.benchmarks.load.Load;
import io.replymeter.benchmarks.requests.Marketplace.Correspondence;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Measurement;
import io.replymeter.benchmarks.servers.ProcessUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long it takes from a message's time until the metrics API shows what it changes, under a constant load. */
@Command(name = "visibility", description = "From a message to the metric that shows it, under load.")
public final class VisibilityCommand extends Measurement {

    private static final int SENDERS = 32;
    /** One message in so many is the first to a new provider, and is looked for. */
    private static final int PROBED = 50;

    @Option(names = "--rate", description = "Messages a second (default: ${DEFAULT-VALUE}).")
    private int rate = 500;

    @Option(
            names = "--restarted",
            description =
                    "messaging-service is started anew and measured at once, without a warm-up of the command's own.")
    private boolean restarted;

    @Mixin
    private LoadTimes times = new LoadTimes(Duration.ofSeconds(30), Duration.ofMinutes(5));

    @Override
    protected boolean measure(BenchmarkServers servers) throws Exception {
        try (Marketplace marketplace = Marketplace.start(servers, times)) {
            List<Correspondence> people = marketplace.correspondences();
            String token = servers.token("benchmark", "metrics:read");
            List<Correspondence> fresh = marketplace.correspondences(messages(times.time) / PROBED, 1);
            if (restarted) {
                marketplace.restartMessaging();
            } else {
                List<Correspondence> first = marketplace.correspondences(messages(times.warmUp) / PROBED, 1);
                run(marketplace, people, first, token, messages(times.warmUp), "Warm-up");
            }
            run(marketplace, people, fresh, token, messages(times.time), "Measured");
            System.out.println("messaging-service: "
                    + ProcessUsage.memory(marketplace.messaging().processId()) + "; metrics-service: "
                    + ProcessUsage.memory(marketplace.metrics().processId()));
            return true;
        }
    }

    private int messages(Duration time) {
        return Math.toIntExact(time.toSeconds() * rate);
    }

    private void run(
            Marketplace marketplace,
            List<Correspondence> people,
            List<Correspondence> fresh,
            String token,
            int messages,
            String title)
            throws Exception {
        try (VisibilityObserver observer = new VisibilityObserver(marketplace.metrics(), token)) {
            long start = System.nanoTime();
            Load load = Load.steady(marketplace.messaging(), SENDERS, rate, messages, (number, due) -> {
                if (number % PROBED != 0 || number / PROBED >= fresh.size()) {
                    return people.get(ThreadLocalRandom.current().nextInt(people.size()))
                            .message();
                }
                Correspondence first = fresh.get(number / PROBED);
                observer.expect(first.provider().id(), due);
                return first.client().writesTo(first.provider());
            });
            Latencies posted = load.await();
            System.out.printf(
                    "%s: %,d messages in %.1f s%n  answered after %s%n  seen in the metrics after %s (%,d looked for)%n",
                    title, messages, (System.nanoTime() - start) / 1e9, posted, observer.awaitAll(), fresh.size());
        }
    }
}
