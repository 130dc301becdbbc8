package io.replymeter.metrics.consume;

import java.util.concurrent.TimeUnit;

/** Spreads the events of several threads evenly over time. Thread-safe. */
final class Throttle {

    /** When the events so far are due, by {@link System#nanoTime}. */
    private long free = System.nanoTime();

    /**
     * Counts {@code events} more events.
     *
     * @return how long the caller has to wait after them, in nanoseconds, to keep to {@code perSecond} events a second
     */
    synchronized long take(int events, double perSecond) {
        long now = System.nanoTime();
        free = Math.max(now, free) + Math.round(events / perSecond * TimeUnit.SECONDS.toNanos(1));
        return free - now;
    }
}
