package io.replymeter.local.api;

import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls the ops API of metrics-service beside rebuilds. Every failure is a {@link io.replymeter.local.stack.CannotContinue}. */
public final class OperationsApi {

    private static final String QUARANTINE = "/ops/v1/quarantine";

    private final ServiceClient service;
    private final String token;

    /** @param token a bearer token with scope {@code metrics:ops} */
    public OperationsApi(String url, String token) {
        this.service = new ServiceClient("metrics-service", url);
        this.token = token;
    }

    /** How far the topic is read. */
    public JsonNode ingest() {
        return get("/ops/v1/ingest");
    }

    /** Whose numbers may be incomplete. */
    public JsonNode incompleteNumbers() {
        return get("/ops/v1/incomplete-numbers");
    }

    /**
     * A page of the quarantine, oldest first.
     *
     * @param reason null for all
     * @param cursor of the page before; 0 for the first
     */
    public JsonNode quarantine(@Nullable String reason, long cursor) {
        String filter = reason == null ? "" : "&reason=" + reason;
        return get(QUARANTINE + "?limit=200&cursor=" + cursor + filter);
    }

    /** One record with its key and value in base64. */
    public JsonNode quarantined(long id) {
        return get(QUARANTINE + "/" + id);
    }

    public JsonNode replay(long id) {
        return service.json(
                service.request(QUARANTINE + "/" + id + "/replay", token).POST(BodyPublishers.noBody()));
    }

    public void discard(long id) {
        service.accepted(
                service.send(service.request(QUARANTINE + "/" + id, token).DELETE()));
    }

    private JsonNode get(String path) {
        return service.json(service.request(path, token).GET());
    }
}
