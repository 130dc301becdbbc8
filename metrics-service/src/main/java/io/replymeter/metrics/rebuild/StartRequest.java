package io.replymeter.metrics.rebuild;

import io.replymeter.measurement.Ruleset;
import io.replymeter.web.InvalidRequest;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a new generation shall be like.
 *
 * @param rules null for the configured ones
 * @param throttle events a second at most, on all instances together; null for no limit
 * @param acceptTruncatedHistory true to rebuild although the topic lacks records that the rules need
 */
record StartRequest(
        @Nullable WantedRules rules,

        @Nullable @Min(value = 1, message = "must be at least 1, or null for no limit") Integer throttle,

        @Nullable Boolean acceptTruncatedHistory) {

    static final StartRequest PLAIN = new StartRequest(null, null, null);

    /** Thresholds that differ from the configured ones; null for those that do not. */
    record WantedRules(
            @Nullable Duration answerWithin,
            @Nullable Duration horizon,
            @Nullable Duration reinquirySilence,
            @Nullable Duration longestDeferral,
            @Nullable Integer excuseAllowancePercent,
            @Nullable Integer windowDays,
            @Nullable Integer minimumSampleSize) {}

    /** @throws InvalidRequest naming the threshold that is out of range */
    Ruleset ruleset(Ruleset configured) {
        if (rules == null) {
            return configured;
        }
        try {
            return new Ruleset(
                    or(rules.answerWithin(), configured.answerWithin()),
                    or(rules.horizon(), configured.horizon()),
                    or(rules.reinquirySilence(), configured.reinquirySilence()),
                    or(rules.longestDeferral(), configured.longestDeferral()),
                    or(rules.excuseAllowancePercent(), configured.excuseAllowancePercent()),
                    or(rules.windowDays(), configured.windowDays()),
                    or(rules.minimumSampleSize(), configured.minimumSampleSize()));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("rules", "cannot be used: " + e.getMessage());
        }
    }

    private static <T> T or(@Nullable T wanted, T configured) {
        return wanted == null ? configured : wanted;
    }
}
