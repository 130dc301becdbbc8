package io.replymeter.metrics.ingest;

/** Why a record does not count and is not kept either. */
public enum IgnoredReason {
    /** A type that a later version of the contract names. */
    UNKNOWN_TYPE,
    /** Of a kind that neither asks nor answers there (rule 1). */
    NOT_HUMAN,
    /** Not between a client and a provider (rule 1). */
    OTHER_ROLES,
    /** Stamped more than 31 days before it was appended (rule 9). */
    TOO_OLD,
    /** A copy, equal in all that counts, of a message that counts (rule 2), or an excuse that says nothing new. */
    DUPLICATE,
    /** A differing copy of a message that counts (rule 2). */
    CONFLICT,
    /** An event of a conversation that was deleted for good (rule 8). */
    CONVERSATION_DELETED,
    /** One for the quarantine, which is full. */
    QUARANTINE_FULL
}
