package io.replymeter.messaging.profile;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.observation.ObservationRegistry;
import io.replymeter.messaging.profile.InquiryPage.Outcome;
import io.replymeter.web.InvalidRequest;
import io.replymeter.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Reads response metrics from the metrics API. No call takes longer than its time budget, and every failure (late, down,
 * refused, unreadable, or not tried because the circuit is open) is an empty answer, never an exception. Thread-safe.
 */
@Component
class MetricsClient {

    /** As many providers as one batch call may ask about. */
    static final int LARGEST_BATCH = 100;

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

    private record Batch(List<ResponseMetrics> metrics) {}

    private final RestClient waitedFor;
    private final RestClient inBackground;
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
        return call(
                        waitedForCircuit,
                        () -> waitedFor
                                .get()
                                .uri("/api/v1/providers/{id}/response-metrics", providerId)
                                .retrieve()
                                .requiredBody(ResponseMetrics.class))
                .filter(metrics -> metrics.providerId().equals(providerId));
    }

    /** The metrics of up to {@link #LARGEST_BATCH} providers; none of them if they could not be read. */
    List<ResponseMetrics> of(List<UUID> providerIds) {
        return call(
                        backgroundCircuit,
                        () -> inBackground
                                .get()
                                .uri(uri -> uri.path("/api/v1/response-metrics")
                                        .queryParam("providerId", providerIds)
                                        .build())
                                .retrieve()
                                .requiredBody(Batch.class)
                                .metrics())
                .orElse(List.of());
    }

    /**
     * A page of the provider's inquiries, if it could be read.
     *
     * @throws InvalidRequest if the cursor is not one of the metrics API's
     */
    Optional<InquiryPage> inquiries(UUID providerId, @Nullable Outcome outcome, @Nullable String cursor, int limit) {
        return call(
                waitedForCircuit,
                () -> waitedFor
                        .get()
                        .uri(
                                "/api/v1/providers/{id}/inquiries",
                                uri -> uri.queryParam("limit", limit)
                                        .queryParamIfPresent("outcome", Optional.ofNullable(outcome))
                                        .queryParamIfPresent(
                                                "cursor",
                                                Optional.ofNullable(cursor).map(given -> "{cursor}"))
                                        .build(
                                                cursor == null
                                                        ? Map.of("id", providerId)
                                                        : Map.of("id", providerId, "cursor", cursor)))
                        .retrieve()
                        .onStatus(HttpStatus.BAD_REQUEST::equals, (request, response) -> {
                            throw new InvalidRequest(
                                    "cursor",
                                    "must be the nextCursor of the page before, or absent for the first page");
                        })
                        .requiredBody(InquiryPage.class));
    }

    /** The provider's days, if they could be read. */
    Optional<OwnHistory.Days> daily(UUID providerId) {
        return history(providerId, "daily", OwnHistory.Days.class);
    }

    /** How long the provider's responses took, if that could be read. */
    Optional<OwnHistory.Distribution> distribution(UUID providerId) {
        return history(providerId, "distribution", OwnHistory.Distribution.class);
    }

    private <T> Optional<T> history(UUID providerId, String what, Class<T> type) {
        return call(
                waitedForCircuit,
                () -> waitedFor
                        .get()
                        .uri("/api/v1/providers/{id}/response-metrics/{what}", providerId, what)
                        .retrieve()
                        .requiredBody(type));
    }

    /** Whether the circuit is open, so that {@link #of(List)} would not be tried. */
    boolean isAway() {
        return backgroundCircuit.getState() == CircuitBreaker.State.OPEN;
    }

    private static <T> Optional<T> call(CircuitBreaker circuit, Supplier<T> attempt) {
        try {
            return Optional.of(circuit.executeSupplier(attempt));
        } catch (Problem e) {
            throw e;
        } catch (RuntimeException e) {
            log.debug("No answer from the metrics API: {}", e.toString());
            return Optional.empty();
        }
    }

    private static RestClient client(
            HttpClient http, MetricsApiProperties api, Duration timeBudget, ObservationRegistry observations) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(timeBudget); // Spring counts it from before connecting to the last byte
        return RestClient.builder()
                .baseUrl(api.url())
                .requestFactory(requests)
                .observationRegistry(observations)
                .requestInitializer(request -> addToken(request.getHeaders(), api.tokenFile()))
                .build();
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
