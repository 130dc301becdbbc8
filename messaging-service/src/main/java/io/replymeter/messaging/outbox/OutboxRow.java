package io.replymeter.messaging.outbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that Kafka has not acknowledged yet.
 *
 * @param traceparent of the trace in which it was accepted; null if that is not traced
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutboxRow(
        long id,
        UUID conversationId,
        byte[] event,
        @Nullable String traceparent) {}
