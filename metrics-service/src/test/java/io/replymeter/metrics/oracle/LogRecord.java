package io.replymeter.metrics.oracle;

import io.replymeter.events.Event;
import java.time.Instant;

/** A logged event and the partition it lies in. */
record LogRecord(int partition, LoggedEvent logged) {

    Event event() {
        return logged.event();
    }

    Instant appendedAt() {
        return logged.appendedAt();
    }
}
