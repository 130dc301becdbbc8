package io.replymeter.metrics.oracle;

/** What became of an inquiry, seen at a point in time (rule 5). */
public enum Outcome {
    ANSWERED,
    ANSWERED_LATE,
    EXCUSED,
    PENDING,
    OVERDUE,
    NO_RESPONSE
}
