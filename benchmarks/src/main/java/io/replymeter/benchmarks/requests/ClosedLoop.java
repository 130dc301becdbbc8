package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.servers.CpuTime;
import io.replymeter.benchmarks.servers.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Some callers that each send the next request when the last one is answered: how much a service can take. */
final class ClosedLoop {

    /** @param cpuMicros of the service, a request; 0 where it is not known */
    record Outcome(double perSecond, double cpuMicros, Latencies latencies) {

        @Override
        public String toString() {
            return "%,.0f/s, %.0f us of the service's CPU each, %s".formatted(perSecond, cpuMicros, latencies);
        }
    }

    private ClosedLoop() {}

    static Outcome run(Service service, int callers, Duration time, Supplier<byte[]> requests) throws Exception {
        Latencies latencies = new Latencies();
        long started = System.nanoTime();
        double cpu = CpuTime.of(service.processId());
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                calls.add(() -> call(service.port(), started + time.toNanos(), requests, latencies));
            }
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        } finally {
            threads.shutdown();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        int count = latencies.count();
        return new Outcome(count / seconds, (CpuTime.of(service.processId()) - cpu) * 1e6 / count, latencies);
    }

    private static Void call(int port, long end, Supplier<byte[]> requests, Latencies latencies) throws Exception {
        try (HttpConnection connection = new HttpConnection(port)) {
            while (System.nanoTime() < end) {
                byte[] request = requests.get();
                long sent = System.nanoTime();
                connection.exchange(request);
                latencies.add(System.nanoTime() - sent);
            }
        }
        return null;
    }
}
