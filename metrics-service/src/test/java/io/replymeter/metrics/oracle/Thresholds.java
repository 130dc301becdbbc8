package io.replymeter.metrics.oracle;

import java.time.Duration;

/** What the rules leave to configuration. */
public record Thresholds(
        Duration answerWithin,
        Duration horizon,
        Duration reinquirySilence,
        Duration longestDeferral,
        int excuseAllowancePercent,
        int windowDays,
        int minimumSampleSize) {

    public static final Thresholds RULESET_2 = new Thresholds(
            Duration.ofHours(24), Duration.ofDays(7), Duration.ofHours(24), Duration.ofDays(14), 10, 30, 3);

    /** The same with another silence. */
    public Thresholds withReinquirySilence(Duration silence) {
        return new Thresholds(
                answerWithin, horizon, silence, longestDeferral, excuseAllowancePercent, windowDays, minimumSampleSize);
    }
}
