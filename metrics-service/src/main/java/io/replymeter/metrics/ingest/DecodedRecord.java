package io.replymeter.metrics.ingest;

import io.replymeter.measurement.Excuse;
import io.replymeter.measurement.Fact;
import java.util.UUID;

/** What a record means to the measurement. */
sealed interface DecodedRecord {

    /** Something that happened in a conversation and counts. */
    sealed interface ConversationEvent extends DecodedRecord {
        UUID conversationId();
    }

    record Message(UUID conversationId, Fact fact) implements ConversationEvent {}

    /** @param appendedAt in microseconds since 1970: a deletion is judged by its own append time */
    record DeletedMessage(UUID conversationId, UUID messageId, long appendedAt) implements ConversationEvent {}

    /** @param appendedAt in microseconds since 1970: an excuse is judged by its own append time */
    record Excused(UUID conversationId, UUID messageId, Excuse excuse, long appendedAt) implements ConversationEvent {}

    record DeletedConversation(UUID conversationId) implements ConversationEvent {}

    /** A record that keeps the contract and is not measured: counted by reason (rule 1). */
    record Ignored(IgnoredReason reason) implements DecodedRecord {}

    /**
     * A record that breaks the contract: kept in the quarantine.
     *
     * @param detail what is wrong, without quoting values
     */
    record Refused(QuarantineReason reason, String detail) implements DecodedRecord {}
}
