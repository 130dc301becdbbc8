package io.replymeter.metrics.generation;

import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** At start-up: says what to do about a database whose tables were made for another ruleset. */
final class AnotherRulesetFailureAnalyzer extends AbstractFailureAnalyzer<FlywayValidateException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FlywayValidateException cause) {
        return new FailureAnalysis(
                "The tables of this database were made by another version of metrics-service, for another ruleset.",
                "Give metrics-service a new, empty database: the topic has everything, and the metrics are derived again.",
                cause);
    }
}
