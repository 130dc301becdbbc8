package io.replymeter.metrics.ingest;

import io.replymeter.measurement.Fact;
import java.util.UUID;

/** What a record means to the measurement. */
sealed interface Intake {

    /** A message that counts. */
    record Counted(UUID conversationId, Fact fact) implements Intake {}

    /** @param appendedAt in micros: a deletion is judged by its own append time */
    record DeletedMessage(UUID conversationId, UUID messageId, long appendedAt) implements Intake {}

    record DeletedConversation(UUID conversationId) implements Intake {}

    /** In order, and not measured: counted by reason (rule 1). */
    record Ignored(IgnoredReason reason) implements Intake {}

    /**
     * Breaks the contract: kept in the quarantine.
     *
     * @param detail what is wrong, without quoting values
     */
    record Refused(QuarantineReason reason, String detail) implements Intake {}
}
