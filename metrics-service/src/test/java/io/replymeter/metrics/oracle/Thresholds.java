package io.replymeter.metrics.oracle;

import java.time.Duration;

/** What the rules leave to configuration. */
public record Thresholds(
        Duration answerWithin, Duration horizon, Duration reinquirySilence, int windowDays, int minimumSampleSize) {

    public static final Thresholds RULESET_1 =
            new Thresholds(Duration.ofHours(24), Duration.ofDays(7), Duration.ofHours(24), 30, 3);
}
