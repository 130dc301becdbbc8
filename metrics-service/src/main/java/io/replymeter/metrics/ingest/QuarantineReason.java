package io.replymeter.metrics.ingest;

/** Why a record was put into the quarantine. */
public enum QuarantineReason {
    /** Not JSON of the contract. */
    MALFORMED,
    /** A known type in an unknown version. */
    UNSUPPORTED_VERSION,
    /** Stamped more than 5 minutes after it was appended (rule 9). */
    FUTURE,
    /** Larger than the contract allows: only its beginning is kept. */
    TOO_LARGE,
    /** Of a conversation that has as many messages, threads, or deletions and excuses as one may have. */
    CONVERSATION_FULL,
    /** It keeps the contract, and applying it fails every time: a fault of this service. */
    UNPROCESSABLE
}
