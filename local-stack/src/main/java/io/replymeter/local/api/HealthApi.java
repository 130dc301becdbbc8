package io.replymeter.local.api;

import static io.replymeter.local.api.ServiceClient.JSON;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks a service how it is. */
public final class HealthApi {

    private final ServiceClient service;
    private final String token;

    /** @param token a bearer token with scope {@code metrics:ops}, which also gets the details */
    public HealthApi(String name, String url, String token) {
        this.service = new ServiceClient(name, url);
        this.token = token;
    }

    /** Its status and components, whatever they are; empty if it does not answer. */
    public Optional<JsonNode> health() {
        try {
            return Optional.of(JSON.readTree(
                    service.send(service.request("/actuator/health", token).GET())
                            .body()));
        } catch (ServiceAway | JacksonException e) {
            return Optional.empty();
        }
    }
}
