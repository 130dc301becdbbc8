package io.replymeter.faults.load;

import io.replymeter.faults.load.Balancer.Request;
import io.replymeter.faults.stack.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A client who looks at profiles, and another service that reads the numbers, all the time and over the balancer. */
final class Readers {

    /** The rate of the reads, and the least that a gap between them is. */
    private static final long PAUSE_MILLIS = 100;

    private final Balancer messaging;
    private final Balancer metrics;
    private final List<Request> profiles;
    private final List<Request> numbers;
    private final Journal journal;

    Readers(Cluster cluster, Callers callers, Journal journal) {
        String token = cluster.token("reader", "metrics:read");
        this.messaging = new Balancer(cluster.messaging());
        this.metrics = new Balancer(cluster.metrics());
        this.profiles = callers.profiles();
        this.numbers = callers.providerIds().stream()
                .map(id -> Request.get("/api/v1/providers/" + id + "/response-metrics", token))
                .toList();
        this.journal = journal;
    }

    void readProfiles(BooleanSupplier isOver) throws InterruptedException {
        read(messaging, profiles, isOver);
    }

    void readNumbers(BooleanSupplier isOver) throws InterruptedException {
        read(metrics, numbers, isOver);
    }

    private void read(Balancer balancer, List<Request> requests, BooleanSupplier isOver) throws InterruptedException {
        long answered = System.nanoTime();
        for (int i = 0; !isOver.getAsBoolean(); i++) {
            if (balancer.send(requests.get(i % requests.size())).status() == 200) {
                long now = System.nanoTime();
                journal.read(Duration.ofNanos(now - answered));
                answered = now;
            } else {
                journal.failed();
            }
            Thread.sleep(PAUSE_MILLIS); // The load's rate: nothing is awaited.
        }
    }
}
