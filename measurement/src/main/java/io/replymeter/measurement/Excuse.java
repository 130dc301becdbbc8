package io.replymeter.measurement;

import java.util.Comparator;

/**
 * Somebody's word that an inquiry needs no answer, or could not get one (rule 5).
 *
 * @param excusedAt in {@link Micros}; the inquiry is closed from then on
 */
public record Excuse(By by, Reason reason, long excusedAt) {

    /** Whose word it is; of several, the first constant's counts. */
    public enum By {
        /** Always holds. */
        PLATFORM,
        /** Holds if given within {@link Ruleset#answerWithin()}, and up to {@link Ruleset#excuseAllowance}. */
        PROVIDER
    }

    public enum Reason {
        NO_REPLY_NEEDED,
        SPAM,
        BLOCKED,
        WITHDRAWN,
        OTHER
    }

    /** Of several excuses the least counts (rule 5). The reason only makes the choice independent of the order of arrival. */
    static final Comparator<Excuse> PREFERRED = Comparator.comparing(Excuse::by)
            .thenComparingLong(Excuse::excusedAt)
            .thenComparing(Excuse::reason);

    /**
     * An excuse as it arrived.
     *
     * @param appendedAt in {@link Micros}: it is judged by its own append time, as a deletion is (rule 9)
     */
    record Appended(Excuse excuse, long appendedAt) {

        static final Comparator<Appended> ORDER =
                Comparator.comparing(Appended::excuse, PREFERRED).thenComparingLong(Appended::appendedAt);

        /** Whether {@code other} says nothing that this one does not say: it is not earlier in anything. */
        boolean makesNeedless(Appended other) {
            return excuse.by == other.excuse.by
                    && appendedAt <= other.appendedAt
                    && PREFERRED.compare(excuse, other.excuse) <= 0;
        }
    }
}
