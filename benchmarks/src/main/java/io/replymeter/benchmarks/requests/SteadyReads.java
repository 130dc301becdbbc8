package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.servers.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Reads at fixed times, whether or not earlier ones are answered, until it is stopped. Latencies count from those times: a
 * service that stalls cannot make its readers wait and so look quick.
 */
final class SteadyReads {

    private static final int READERS = 8;

    private final int port;
    private final int perSecond;
    private final Supplier<byte[]> requests;
    private final long start = System.nanoTime();
    private final AtomicInteger next = new AtomicInteger();
    private final Latencies latencies = new Latencies();
    private final ExecutorService threads = Executors.newFixedThreadPool(READERS);
    private final List<Future<Void>> readers = new ArrayList<>();
    private volatile boolean stopped;

    SteadyReads(Service service, int perSecond, Supplier<byte[]> requests) {
        this.port = service.port();
        this.perSecond = perSecond;
        this.requests = requests;
        Callable<Void> reader = this::read;
        for (int i = 0; i < READERS; i++) {
            readers.add(threads.submit(reader));
        }
    }

    private Void read() throws Exception {
        try (HttpConnection connection = new HttpConnection(port)) {
            while (!stopped) {
                long due = start + next.getAndIncrement() * 1_000_000_000L / perSecond;
                LockSupport.parkNanos(due - System.nanoTime());
                connection.exchange(requests.get());
                latencies.add(System.nanoTime() - due);
            }
        }
        return null;
    }

    /** Fails if one of the reads did. */
    Latencies stop() throws Exception {
        stopped = true;
        threads.shutdown();
        for (Future<Void> reader : readers) {
            reader.get();
        }
        return latencies;
    }
}
