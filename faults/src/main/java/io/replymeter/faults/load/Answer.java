package io.replymeter.faults.load;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a caller got in the end.
 *
 * @param status of HTTP; 0 if no instance answered
 */
public record Answer(int status, String body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Whether the balancer would have asked another instance, and a caller sees an error. */
    boolean isFailure() {
        return status == 0 || status >= 500;
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }
}
