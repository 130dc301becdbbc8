package io.replymeter.messaging.outbox;

import java.util.UUID;

/** An event that Kafka has not acknowledged yet. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutboxRow(long id, UUID conversationId, byte[] event) {}
