package io.replymeter.messaging.profile;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.replymeter.web.Problem;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The circuit breaker in front of the metrics API: while the API is away, nobody waits for it. */
final class MetricsCircuit {

    private static final Logger log = LoggerFactory.getLogger(MetricsCircuit.class);

    private static final CircuitBreakerConfig CONFIGURATION = CircuitBreakerConfig.custom()
            .slidingWindowSize(10)
            .minimumNumberOfCalls(5)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(1))
            .permittedNumberOfCallsInHalfOpenState(2)
            .automaticTransitionFromOpenToHalfOpenEnabled(true)
            .ignoreExceptions(Problem.class)
            .build();

    private MetricsCircuit() {}

    /**
     * A closed circuit. It opens when half of its last calls have failed (5 at least, 10 at most) and lets two calls try
     * again after a second. A {@link Problem} is the caller's mistake and not a failure.
     */
    static CircuitBreaker named(String name) {
        CircuitBreaker circuit = CircuitBreaker.of(name, CONFIGURATION);
        circuit.getEventPublisher().onStateTransition(change -> log(name, change.getStateTransition()));
        return circuit;
    }

    /** Says once that the API is away and once that it is back; the attempts in between are for debugging. */
    private static void log(String name, StateTransition transition) {
        switch (transition) {
            case CLOSED_TO_OPEN -> log.warn("The metrics API is away (calls {}): cached answers are served", name);
            case HALF_OPEN_TO_CLOSED -> log.info("The metrics API is back (calls {})", name);
            default -> log.debug("Circuit to the metrics API (calls {}): {}", name, transition);
        }
    }
}
