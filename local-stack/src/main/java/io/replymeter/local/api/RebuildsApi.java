package io.replymeter.local.api;

import static io.replymeter.local.api.ServiceClient.JSON;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls the ops API of metrics-service for rebuilds. Every failure is a {@link CannotContinue}. */
public final class RebuildsApi {

    private static final String PATH = "/ops/v1/rebuilds";

    private final ServiceClient service;
    private final String token;

    /** @param token a bearer token with scope {@code metrics:ops} */
    public RebuildsApi(String url, String token) {
        this.service = new ServiceClient("metrics-service", url);
        this.token = token;
    }

    /** All rebuilds, newest first. */
    public JsonNode list() {
        return service.json(service.request(PATH, token).GET());
    }

    public JsonNode get(int generation) {
        return service.json(service.request(path(generation), token).GET());
    }

    public JsonNode differences(int generation) {
        return service.json(
                service.request(path(generation) + "/differences", token).GET());
    }

    /** @param request rules, throttle and what to accept; the service uses its configuration for the rest */
    public JsonNode start(Map<String, Object> request) {
        return service.json(withJson(PATH, "POST", request));
    }

    /** @param action the last part of the path, such as {@code switch} */
    public JsonNode act(int generation, String action, Map<String, Object> request) {
        return service.json(withJson(path(generation) + "/" + action, "POST", request));
    }

    /** @param eventsPerSecond null for no limit */
    public JsonNode throttle(int generation, @Nullable Integer eventsPerSecond) {
        return service.json(withJson(path(generation), "PATCH", Collections.singletonMap("throttle", eventsPerSecond)));
    }

    private HttpRequest.Builder withJson(String path, String method, Object body) {
        return service.request(path, token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private static String path(int generation) {
        return PATH + "/" + generation;
    }
}
