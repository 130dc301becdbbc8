package io.replymeter.benchmarks.result;

/**
 * One run of a variant.
 *
 * @param events it worked off
 * @param startSeconds from its start until its partitions were assigned
 * @param seconds from then until everything was committed
 * @param cpuSeconds of its process, meanwhile; 0 where it is not known
 * @param servers from its start on
 * @param checksum of its results
 */
public record Run(
        String variant,
        long events,
        double startSeconds,
        double seconds,
        double cpuSeconds,
        ServersCpu servers,
        String checksum) {

    public double eventsPerSecond() {
        return events / seconds;
    }

    /** This run, with what the servers used for it. */
    public Run with(ServersCpu cpu) {
        return new Run(variant, events, startSeconds, seconds, cpuSeconds, cpu, checksum);
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
                        microsAnEvent(cpuSeconds),
                        microsAnEvent(servers.postgresql()),
                        microsAnEvent(servers.kafka()),
                        checksum);
    }

    public double microsAnEvent(double cpuSeconds) {
        return cpuSeconds * 1e6 / events;
    }
}
