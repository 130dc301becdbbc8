/** One trace from a request through the outbox, Kafka and ingest to the database, where tracing is on. */
@NullMarked
package io.replymeter.tracing;

import org.jspecify.annotations.NullMarked;
