package io.replymeter.metrics.rebuild;

import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.problem.Problems.BadRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a new generation is wanted.
 *
 * @param rules null for the configured ones
 * @param throttle events a second at most, on all instances together; null for as many as can be
 * @param acceptTruncatedHistory true to rebuild although the topic lacks records that the rules need
 */
record StartRequest(
        @Nullable WantedRules rules,
        @Nullable Integer throttle,
        @Nullable Boolean acceptTruncatedHistory) {

    static final StartRequest PLAIN = new StartRequest(null, null, null);

    /** Each null for the configured one. */
    record WantedRules(
            @Nullable Duration answerWithin,
            @Nullable Duration horizon,
            @Nullable Duration reinquirySilence,
            @Nullable Integer windowDays,
            @Nullable Integer minimumSampleSize) {}

    /** @throws BadRequest naming the threshold that is out of range */
    Ruleset ruleset(Ruleset configured) {
        if (rules == null) {
            return configured;
        }
        try {
            return new Ruleset(
                    or(rules.answerWithin(), configured.answerWithin()),
                    or(rules.horizon(), configured.horizon()),
                    or(rules.reinquirySilence(), configured.reinquirySilence()),
                    or(rules.windowDays(), configured.windowDays()),
                    or(rules.minimumSampleSize(), configured.minimumSampleSize()));
        } catch (IllegalArgumentException e) {
            throw new BadRequest("invalid-rules", e.getMessage() + ": correct it.");
        }
    }

    private static <T> T or(@Nullable T wanted, T configured) {
        return wanted == null ? configured : wanted;
    }
}
