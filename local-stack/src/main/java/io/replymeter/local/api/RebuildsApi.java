package io.replymeter.local.api;

import static io.replymeter.local.api.ServiceClient.JSON;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rebuilds of metrics-service, as an operator steers them. Every failure is a {@link CannotContinue}. */
public final class RebuildsApi {

    private static final String PATH = "/ops/v1/rebuilds";

    private final ServiceClient service;
    private final String token;

    /** @param token a bearer token with scope {@code metrics:ops} */
    public RebuildsApi(String url, String token) {
        this.service = new ServiceClient("metrics-service", url);
        this.token = token;
    }

    /** All there ever were, the newest first. */
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

    /** @param wishes rules, throttle and what to accept; what is left out is as configured */
    public JsonNode start(Map<String, Object> wishes) {
        return service.json(withJson(PATH, "POST", wishes));
    }

    /** @param action as its path names it, such as {@code switch} */
    public JsonNode act(int generation, String action, Map<String, Object> wishes) {
        return service.json(withJson(path(generation) + "/" + action, "POST", wishes));
    }

    /** @param eventsPerSecond null for no limit */
    public JsonNode throttle(int generation, @Nullable Integer eventsPerSecond) {
        Map<String, @Nullable Integer> body = new java.util.HashMap<>();
        body.put("throttle", eventsPerSecond);
        return service.json(withJson(path(generation), "PATCH", body));
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
