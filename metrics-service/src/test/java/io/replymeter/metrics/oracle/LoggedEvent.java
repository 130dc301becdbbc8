package io.replymeter.metrics.oracle;

import io.replymeter.events.Event;
import java.time.Instant;

/**
 * An event as the log holds it.
 *
 * @param appendedAt the broker's append time, in whole milliseconds
 */
record LoggedEvent(Event event, Instant appendedAt) {}
