package io.replymeter.local.e2e;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Requests made of a service's own description and wild values. The same seed makes the same requests. */
final class WildRequests {

    /**
     * A request, and the statuses under 300 that it may be answered with.
     *
     * @param successes the operation's documented ones
     */
    record Wild(RawRequest request, Set<String> successes) {}

    private record Operation(String method, String path, JsonNode description) {}

    private final Random random;
    private final List<String> tokens;
    private final JsonNode schemas;
    private final List<Operation> operations = new ArrayList<>();

    WildRequests(long seed, JsonNode openApi, List<String> tokens) {
        this.random = new Random(seed);
        this.tokens = tokens;
        this.schemas = openApi.path("components").path("schemas");
        for (Map.Entry<String, JsonNode> path : openApi.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                operations.add(new Operation(
                        operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
            }
        }
    }

    Wild next() {
        Operation operation = operations.get(random.nextInt(operations.size()));
        String method = oneIn(10) ? oneOf(WildValues.METHODS) : operation.method();
        String path = oneIn(20) ? oneOf(WildValues.OTHER_PATHS) : path(operation);
        boolean isDescribed = method.equals(operation.method())
                && path.startsWith(operation.path().replaceFirst("\\{.*", ""));
        return new Wild(
                request(operation, method, path),
                isDescribed
                        ? Set.copyOf(operation.description().path("responses").propertyNames())
                        : Set.of("200", "204"));
    }

    private RawRequest request(Operation operation, String method, String path) {
        String headers = oneOf(WildValues.HEADERS)
                + (oneIn(10) ? "" : "Authorization: Bearer " + tokens.get(random.nextInt(tokens.size())) + "\r\n");
        if (path.startsWith("/ops/v1/rebuilds")) {
            return withBody(method, path, headers, object(operation.description())); // without a body one would start
        }
        if (operation.description().path("requestBody").isMissingNode() && !oneIn(10)) {
            return new RawRequest(method, path, headers, "");
        }
        return withBody(method, path, headers, body(operation));
    }

    private String body(Operation operation) {
        if (oneIn(10)) {
            return "";
        }
        return oneIn(8) ? oneOf(WildValues.BODIES) : object(operation.description());
    }

    private RawRequest withBody(String method, String path, String headers, String body) {
        String type = "Content-Type: " + oneOf(WildValues.TYPES) + "\r\n";
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return oneIn(4)
                ? new RawRequest(
                        method,
                        path,
                        headers + type + "Transfer-Encoding: chunked\r\n",
                        (length == 0 ? "" : Integer.toHexString(length) + "\r\n" + body + "\r\n") + "0\r\n\r\n")
                : new RawRequest(method, path, headers + type + "Content-Length: " + length + "\r\n", body);
    }

    private String path(Operation operation) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.description().path("parameters")) {
            String name = parameter.path("name").asString();
            if (parameter.path("in").asString().equals("path")) {
                path = path.replace(
                        "{" + name + "}",
                        oneIn(3) ? encoded(UUID.randomUUID().toString()) : encoded(oneOf(WildValues.TEXTS)));
            } else if (random.nextBoolean()) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(name)
                        .append("=")
                        .append(encoded(oneOf(WildValues.TEXTS)));
            }
        }
        return path + query;
    }

    /** With a field that is not known wherever nobody must be able to do anything by chance. */
    private String object(JsonNode operation) {
        JsonNode schema = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        String name = schema.path("$ref").asString("").replaceFirst(".*/", "");
        StringBuilder body = new StringBuilder("{");
        for (Map.Entry<String, JsonNode> property :
                schemas.path(name).path("properties").properties()) {
            if (!oneIn(4)) {
                body.append('"')
                        .append(property.getKey())
                        .append("\": ")
                        .append(value())
                        .append(", ");
            }
        }
        return body.append("\"zq9x!\": 1}").toString();
    }

    private String value() {
        return switch (random.nextInt(3)) {
            case 0 -> oneOf(WildValues.JSON_VALUES);
            case 1 -> "\"" + UUID.randomUUID() + "\"";
            default -> "\"" + oneOf(WildValues.TEXTS).replaceAll("[\"\\\\\\p{Cntrl}]", "") + "\"";
        };
    }

    private static String encoded(String text) {
        String shortened = text.substring(0, Math.min(text.length(), 3_000));
        return URLEncoder.encode(shortened, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private String oneOf(String[] values) {
        return values[random.nextInt(values.length)];
    }
}
