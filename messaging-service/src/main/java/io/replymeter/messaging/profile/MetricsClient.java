package io.replymeter.messaging.profile;

import static java.util.Objects.requireNonNull;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.ObservationRegistry;
import io.replymeter.metrics.client.DailyMetrics;
import io.replymeter.metrics.client.Distribution;
import io.replymeter.metrics.client.InquiryPage;
import io.replymeter.metrics.client.MetricsApi;
import io.replymeter.metrics.client.Outcome;
import io.replymeter.metrics.client.ResponseMetrics;
import io.replymeter.web.InvalidRequest;
import io.replymeter.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.ClientRequestObservationConvention;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/**
 * Reads response metrics from the metrics API. No call takes longer than its time budget, and every failure (late, down,
 * refused, unreadable, or not tried because the circuit is open) is an empty answer, never an exception. Thread-safe.
 */
@Component
class MetricsClient {

    private static final Logger log = LoggerFactory.getLogger(MetricsClient.class);

    /**
     * It opens when half of its last calls have failed (5 at least, 10 at most) and lets two calls try again after a second.
     * A {@link Problem} is the caller's mistake and not a failure.
     */
    private static final CircuitBreakerConfig CIRCUIT = CircuitBreakerConfig.custom()
            .slidingWindowSize(10)
            .minimumNumberOfCalls(5)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(1))
            .permittedNumberOfCallsInHalfOpenState(2)
            .automaticTransitionFromOpenToHalfOpenEnabled(true)
            .ignoreExceptions(Problem.class)
            .build();

    /** A meter's tag is the path alone: a query's template grows with the number of providers. */
    private static final ClientRequestObservationConvention WITHOUT_QUERY =
            new DefaultClientRequestObservationConvention() {
                @Override
                protected KeyValue uri(ClientRequestObservationContext context) {
                    KeyValue uri = super.uri(context);
                    return KeyValue.of(uri.getKey(), uri.getValue().split("\\?", 2)[0]);
                }
            };

    private final MetricsApi waitedFor;
    private final MetricsApi inBackground;
    private final CircuitBreaker waitedForCircuit = circuit("waited for");
    private final CircuitBreaker backgroundCircuit = circuit("in background");

    MetricsClient(MetricsApiProperties api, ObservationRegistry observations) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.waitedFor = client(http, api, api.timeBudget(), observations);
        this.inBackground = client(http, api, api.batchTimeBudget(), observations);
    }

    /** The provider's metrics, if they could be read. */
    Optional<ResponseMetrics> of(UUID providerId) {
        return call(waitedForCircuit, () -> waitedFor.metrics(providerId))
                .filter(metrics -> metrics.providerId().equals(providerId));
    }

    /** The metrics of up to {@link MetricsApi#MOST_PROVIDERS} providers; none of them if they could not be read. */
    List<ResponseMetrics> of(List<UUID> providerIds) {
        return call(backgroundCircuit, () -> inBackground.metrics(providerIds).metrics())
                .orElse(List.of());
    }

    /**
     * A page of the provider's inquiries, if it could be read.
     *
     * @throws InvalidRequest if the cursor is not one of the metrics API's
     */
    Optional<InquiryPage> inquiries(UUID providerId, @Nullable Outcome outcome, @Nullable String cursor, int limit) {
        return call(waitedForCircuit, () -> {
            try {
                return waitedFor.inquiries(providerId, limit, outcome, cursor);
            } catch (HttpClientErrorException.BadRequest e) {
                throw new InvalidRequest(
                        "cursor", "must be the nextCursor of the page before, or absent for the first page");
            }
        });
    }

    /** The provider's days, if they could be read. */
    Optional<DailyMetrics> daily(UUID providerId) {
        return call(waitedForCircuit, () -> waitedFor.daily(providerId));
    }

    /** How long the provider's responses took, if that could be read. */
    Optional<Distribution> distribution(UUID providerId) {
        return call(waitedForCircuit, () -> waitedFor.distribution(providerId));
    }

    /** Whether the circuit is open, so that {@link #of(List)} would not be tried. */
    boolean isAway() {
        return backgroundCircuit.getState() == CircuitBreaker.State.OPEN;
    }

    private static <T> Optional<T> call(CircuitBreaker circuit, Supplier<T> attempt) {
        try {
            return Optional.of(circuit.executeSupplier(() -> requireNonNull(attempt.get(), "an empty body")));
        } catch (Problem e) {
            throw e;
        } catch (RuntimeException e) {
            log.debug("No answer from the metrics API: {}", e.toString());
            return Optional.empty();
        }
    }

    private static MetricsApi client(
            HttpClient http, MetricsApiProperties api, Duration timeBudget, ObservationRegistry observations) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(timeBudget); // Spring counts it from before connecting to the last byte
        return MetricsApi.of(RestClient.builder()
                .baseUrl(api.url())
                .requestFactory(requests)
                .observationRegistry(observations)
                .observationConvention(WITHOUT_QUERY)
                .requestInitializer(request -> addToken(request.getHeaders(), api.tokenFile()))
                .build());
    }

    /** The token file is read for every request, so that a renewed token is used at once. */
    private static void addToken(HttpHeaders headers, @Nullable Path file) {
        if (file == null) {
            return;
        }
        String token = contents(file).strip();
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new IllegalStateException(file + " does not hold one bearer token");
        }
        headers.setBearerAuth(token);
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The token file cannot be read: " + e, e);
        }
    }

    /** A closed circuit: while the API is away, nobody waits for it. */
    private static CircuitBreaker circuit(String name) {
        CircuitBreaker circuit = CircuitBreaker.of(name, CIRCUIT);
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
