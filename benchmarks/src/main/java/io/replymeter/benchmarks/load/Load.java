package io.replymeter.benchmarks.load;

import io.replymeter.local.stack.ServiceProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;

/** Requests that several callers send to a service, each over its own connection, from now until it is stopped. */
public final class Load {

    /** Makes the request of a number, which was due at a time by {@link System#nanoTime}. */
    public interface Requests {
        byte[] make(int number, long due);
    }

    private final int port;
    private final IntToLongFunction due;
    private final int count;
    private final Requests requests;
    private final AtomicInteger next = new AtomicInteger();
    private final Latencies latencies = new Latencies();
    private final List<Future<Void>> callers = new ArrayList<>();
    private volatile boolean stopped;

    private Load(ServiceProcess service, int callers, IntToLongFunction due, int count, Requests requests) {
        this.port = service.port();
        this.due = due;
        this.count = count;
        this.requests = requests;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        Callable<Void> caller = this::send;
        for (int i = 0; i < callers; i++) {
            this.callers.add(threads.submit(caller));
        }
        threads.shutdown();
    }

    /** Each caller sends its next request when the last one is answered: how much a service can take. */
    public static Load closedLoop(ServiceProcess service, int callers, Supplier<byte[]> requests) {
        return new Load(
                service, callers, number -> System.nanoTime(), Integer.MAX_VALUE, (number, due) -> requests.get());
    }

    /**
     * Requests are sent at fixed times, whether or not earlier ones are answered, and latencies count from these times: a
     * service that stalls cannot slow its load down and so look fast.
     *
     * @param count of requests, after which it ends by itself
     */
    public static Load steady(ServiceProcess service, int callers, int perSecond, int count, Requests requests) {
        long start = System.nanoTime();
        return new Load(service, callers, number -> start + number * 1_000_000_000L / perSecond, count, requests);
    }

    private Void send() throws Exception {
        try (HttpConnection connection = new HttpConnection(port)) {
            for (int number = next.getAndIncrement(); number < count && !stopped; number = next.getAndIncrement()) {
                long dueAt = due.applyAsLong(number);
                LockSupport.parkNanos(dueAt - System.nanoTime());
                connection.exchange(requests.make(number, dueAt));
                latencies.add(System.nanoTime() - dueAt);
            }
        }
        return null;
    }

    public Latencies stop() throws Exception {
        stopped = true;
        return await();
    }

    /** Waits until all requests are answered; fails if one of them did. */
    public Latencies await() throws Exception {
        for (Future<Void> caller : callers) {
            caller.get();
        }
        return latencies;
    }
}
