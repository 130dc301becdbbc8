package io.replymeter.benchmarks.load;

import io.replymeter.benchmarks.servers.ProcessUsage;
import io.replymeter.local.stack.ServiceProcess;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How many requests a service answers when each of some callers sends its next one as soon as the last is answered.
 *
 * @param cpuMicros of the service, a request; 0 where it is not known
 */
public record ClosedLoop(double perSecond, double cpuMicros, Latencies latencies) {

    public static ClosedLoop measure(ServiceProcess service, int callers, Duration time, Supplier<byte[]> requests)
            throws Exception {
        long started = System.nanoTime();
        double cpu = ProcessUsage.cpuSeconds(service.processId());
        Load load = Load.closedLoop(service, callers, requests);
        Thread.sleep(time.toMillis());
        Latencies latencies = load.stop();
        double seconds = (System.nanoTime() - started) / 1e9;
        double cpuMicros = (ProcessUsage.cpuSeconds(service.processId()) - cpu) * 1e6;
        return new ClosedLoop(latencies.count() / seconds, cpuMicros / latencies.count(), latencies);
    }

    @Override
    public String toString() {
        return "%,.0f/s, %.0f us of the service's CPU each, %s".formatted(perSecond, cpuMicros, latencies);
    }
}
