package io.replymeter.metrics.ingest;

/** Why a record was put into the quarantine. */
enum QuarantineReason {
    /** Not JSON of the contract. */
    MALFORMED,
    /** A known type in an unknown version. */
    UNSUPPORTED_VERSION,
    /** Stamped more than 5 minutes after it was appended (rule 9). */
    FUTURE
}
