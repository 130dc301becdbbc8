package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.load.ClosedLoop;
import io.replymeter.benchmarks.load.Latencies;
import io.replymeter.benchmarks.load.Load;
import io.replymeter.benchmarks.requests.Marketplace.Correspondence;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.ProcessUsage;
import io.replymeter.benchmarks.servers.Services;
import io.replymeter.local.stack.ServiceProcess;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** What a post costs in messaging-service, and in a service that does nothing but insert it. */
final class BesideBareService {

    private static final int RATE = 300;
    private static final int SENDERS = 32;
    private static final int COLD_SECONDS = 60;
    private static final int ROUNDS = 3;

    private BesideBareService() {}

    static void measure(BenchmarkServers servers, Marketplace marketplace, int callers, LoadTimes times)
            throws Exception {
        List<Correspondence> people = marketplace.correspondences();
        Supplier<byte[]> posts = () ->
                people.get(ThreadLocalRandom.current().nextInt(people.size())).message();
        marketplace.restartMessaging();
        ServiceProcess messaging = marketplace.messaging();
        double coldCost = cold("messaging-service", messaging, posts);
        try (ServiceProcess bare = Services.bare(servers, servers.newDatabase("bare"), times.jvmOptions)) {
            bare.awaitReady();
            System.out.printf("  %.2f times as much%n", coldCost / cold("bare service", bare, posts));
            ClosedLoop.measure(messaging, callers, times.warmUp, posts);
            ClosedLoop.measure(bare, callers, times.warmUp, posts);
            for (int round = 1; round <= ROUNDS; round++) {
                ClosedLoop ours = ClosedLoop.measure(messaging, callers, times.time, posts);
                ClosedLoop theirs = ClosedLoop.measure(bare, callers, times.time, posts);
                System.out.printf(
                        "warm: messaging-service %s%n  bare service %s%n  %.2f times as much%n",
                        ours, theirs, ours.cpuMicros() / theirs.cpuMicros());
            }
        }
    }

    /** The CPU of a request, in microseconds, from readiness on. */
    private static double cold(String name, ServiceProcess service, Supplier<byte[]> posts) throws Exception {
        double before = ProcessUsage.cpuSeconds(service.processId());
        Latencies latencies = Load.steady(service, SENDERS, RATE, RATE * COLD_SECONDS, (number, due) -> posts.get())
                .await();
        double cost = (ProcessUsage.cpuSeconds(service.processId()) - before) * 1e6 / latencies.count();
        System.out.printf(
                "cold, %d/s for %d s: %s %.0f us of CPU each, %s%n", RATE, COLD_SECONDS, name, cost, latencies);
        return cost;
    }
}
