package io.replymeter.benchmarks.workload;

import io.replymeter.events.Event;

/**
 * An event as the log has it.
 *
 * @param appendedAt in milliseconds since 1970-01-01T00:00Z
 */
public record LoggedEvent(Event event, long appendedAt) {}
