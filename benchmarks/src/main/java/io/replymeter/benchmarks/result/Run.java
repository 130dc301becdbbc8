package io.replymeter.benchmarks.result;

/**
 * One run of a variant.
 *
 * @param events it worked off
 * @param seconds from the moment its partitions were assigned until everything was committed
 * @param startSeconds from the start of its process until then
 * @param cpuSeconds of its own process, from that moment on; 0 where it is not known
 * @param postgresqlCpuSeconds since its process was started
 * @param kafkaCpuSeconds since its process was started
 * @param checksum of its results
 */
public record Run(
        String variant,
        long events,
        double seconds,
        double startSeconds,
        double cpuSeconds,
        double postgresqlCpuSeconds,
        double kafkaCpuSeconds,
        String checksum) {

    public double eventsPerSecond() {
        return events / seconds;
    }

    @Override
    public String toString() {
        return ("%s: %,d events in %.2f s, %,.0f/s (with %.1f s of start-up %,.0f/s);"
                        + " CPU an event: %.1f us itself, %.1f us PostgreSQL, %.1f us broker; %s")
                .formatted(
                        variant,
                        events,
                        seconds,
                        eventsPerSecond(),
                        startSeconds,
                        events / (seconds + startSeconds),
                        perEvent(cpuSeconds),
                        perEvent(postgresqlCpuSeconds),
                        perEvent(kafkaCpuSeconds),
                        checksum);
    }

    private double perEvent(double cpu) {
        return cpu * 1e6 / events;
    }
}
