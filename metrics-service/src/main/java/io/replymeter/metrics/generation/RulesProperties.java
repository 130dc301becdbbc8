package io.replymeter.metrics.generation;

import io.replymeter.measurement.Ruleset;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The thresholds of a new generation. A generation never changes its thresholds: to change a rule, change these and
 * rebuild.
 */
@ConfigurationProperties("replymeter.rules")
record RulesProperties(
        @DefaultValue("24h") Duration answerWithin,
        @DefaultValue("7d") Duration horizon,
        @DefaultValue("24h") Duration reinquirySilence,
        @DefaultValue("14d") Duration longestDeferral,
        @DefaultValue("10") int excuseAllowancePercent,
        @DefaultValue("30") int windowDays,
        @DefaultValue("3") int minimumSampleSize) {

    Ruleset ruleset() {
        return new Ruleset(
                answerWithin,
                horizon,
                reinquirySilence,
                longestDeferral,
                excuseAllowancePercent,
                windowDays,
                minimumSampleSize);
    }
}
