package io.replymeter.measurement;

import java.time.Instant;

/** The outcome of an inquiry at a point in time (rule 5). */
public enum Outcome {
    /** Responded to within {@link Ruleset#answerWithin()}. */
    ANSWERED,
    /** Responded to later, within {@link Ruleset#horizon()}. */
    ANSWERED_LATE,
    /** No response, and excused. It does not count, up to {@link Ruleset#excuseAllowance}. */
    EXCUSED,
    /** No response yet, and time left to be {@link #ANSWERED}. */
    PENDING,
    /** No response yet, and still within the horizon. */
    OVERDUE,
    /** No response within the horizon. */
    NO_RESPONSE;

    /** The outcome of {@code inquiry} at {@code now}. Ageing needs no event: it is evaluated here. */
    public static Outcome of(Inquiry inquiry, Ruleset ruleset, Instant now) {
        if (inquiry.isAnswered()) {
            return inquiry.responseTime() <= Micros.of(ruleset.answerWithin()) ? ANSWERED : ANSWERED_LATE;
        }
        if (inquiry.excuse() != null) {
            return EXCUSED;
        }
        long age = Micros.of(now) - inquiry.openedAt();
        if (age <= Micros.of(ruleset.answerWithin())) {
            return PENDING;
        }
        return age <= Micros.of(ruleset.horizon()) ? OVERDUE : NO_RESPONSE;
    }
}
