package io.replymeter.metrics.client;

/** An inquiry's outcome as of now (rule 5). */
public enum Outcome {
    ANSWERED,
    ANSWERED_LATE,
    EXCUSED,
    PENDING,
    OVERDUE,
    NO_RESPONSE
}
