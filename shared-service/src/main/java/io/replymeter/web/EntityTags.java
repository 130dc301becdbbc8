package io.replymeter.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names what an answer says, so that who has it already is told so (304) instead of reading it again. An answer that returns
 * such a tag is compared with {@code If-None-Match} by Spring MVC. Thread-safe.
 */
public final class EntityTags {

    /** When the answer was made and what was read until then, which is new each time although the answer is not. */
    private static final List<String> TIMES = List.of("asOf", "lastUpdated");

    /** 96 bits: far more than enough to tell the answers of one path apart. */
    private static final int BYTES = 12;

    private final JsonMapper json;

    EntityTags(JsonMapper json) {
        this.json = json;
    }

    /**
     * A weak tag, equal for answers that differ at most in when they were made. The times of an object that says it is
     * {@code stale} do count: they are its age.
     */
    public String of(Object body) {
        JsonNode tree = json.valueToTree(body);
        TIMES.forEach(time -> tree.findParents(time).forEach(parent -> removeUnlessStale(parent, time)));
        return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash(tree)) + '"';
    }

    /** {@code body} with its tag. */
    public <T> ResponseEntity<T> tagged(T body, HttpHeaders headers) {
        return ResponseEntity.ok().headers(headers).eTag(of(body)).body(body);
    }

    private static void removeUnlessStale(JsonNode parent, String time) {
        if (parent instanceof ObjectNode object && !object.path("stale").asBoolean(false)) {
            object.remove(time);
        }
    }

    private byte[] hash(JsonNode tree) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(tree));
            return Arrays.copyOf(hash, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has SHA-256
        }
    }
}
