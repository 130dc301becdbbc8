package io.replymeter.metrics.oracle;

import io.replymeter.events.Event;
import java.time.Instant;

/**
 * An event as the log holds it.
 *
 * @param partition from 0
 * @param appendedAt the broker's append time, in whole milliseconds
 */
public record LogRecord(int partition, Event event, Instant appendedAt) {

    /** In partition 0. */
    public LogRecord(Event event, Instant appendedAt) {
        this(0, event, appendedAt);
    }

    /** The same record in another partition. */
    public LogRecord in(int partition) {
        return new LogRecord(partition, event, appendedAt);
    }
}
