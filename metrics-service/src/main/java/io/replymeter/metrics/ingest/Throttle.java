package io.replymeter.metrics.ingest;

import java.util.concurrent.TimeUnit;

/** Spreads the events of several threads evenly over time. Thread-safe. */
final class Throttle {

    private long free = System.nanoTime();

    /**
     * Takes the next place for {@code events} events.
     *
     * @return how long the caller has to wait after them, in nanoseconds, so that no more than {@code perSecond} pass
     */
    synchronized long take(int events, double perSecond) {
        long now = System.nanoTime();
        free = Math.max(now, free) + Math.round(events / perSecond * TimeUnit.SECONDS.toNanos(1));
        return free - now;
    }
}
