package io.replymeter.jdbc;

import static java.util.Objects.requireNonNull;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** At start-up: says what to do about a connection pooler in transaction mode. */
final class SessionsSharedFailureAnalyzer extends AbstractFailureAnalyzer<SessionsShared> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SessionsShared cause) {
        return new FailureAnalysis(
                requireNonNull(cause.getMessage()) + ". Locks and settings of a session would be lost without a word.",
                "Let the connection pooler (PgBouncer) work in session mode for this database (pool_mode=session), or connect"
                        + " to PostgreSQL directly.",
                cause);
    }
}
