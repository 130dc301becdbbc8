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

    /** Part of every wild text: where an answer holds it, the answer quotes the input. */
    static final String MARK = "zq9x";

    private static final String[] TEXTS = {
        MARK,
        MARK + "\u0000",
        MARK + "\u200b\ud83d\ude00",
        "<script>" + MARK + "</script>",
        "' OR 1=1 -- " + MARK,
        "${jndi:ldap://" + MARK + "}",
        "../../" + MARK,
        MARK.repeat(5_000),
        "%" + MARK,
        MARK + "\r\nX-Forged: 1",
        "",
        " ",
        "null",
        "1-1-1-1-1",
        "00000000-0000-0000-0000-000000000000",
        "-1",
        "0",
        "9223372036854775807",
        "99999999999999999999",
        "1e300",
        "NaN",
        "0x1F",
        "PT1H",
        "-PT1H",
        "PT9223372036854775807S",
        "9999-12-31",
        "+999999999-12-31",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ANSWERED",
        "CLIENT",
        "PROVIDER"
    };
    private static final String[] JSON_VALUES = {
        "null",
        "true",
        "0",
        "-1",
        "30.9",
        "1e300",
        "99999999999999999999",
        "[]",
        "{}",
        "[null]",
        "[[[[]]]]",
        "{\"zq9x!\": 1}",
        "\"\\ud800zq9x\"",
        "\"\\u0000zq9x\"",
        "\"PT1H\"",
        "\"HUMAN\"",
        "\"2026-12-01\"",
        "\"09:00\"",
        "[{\"from\": \"zq9x\", \"to\": null, \"day\": 1}]",
        "\"Europe/Paris\""
    };
    private static final String[] BODIES = {
        "{",
        "null",
        "[]",
        "\"zq9x\"",
        "{\"zq9x!\": 1} {}",
        "[".repeat(3_000),
        "zq9x: 1",
        "\ufeff{}",
        "{\"a\": \"" + MARK
    };
    private static final String[] TYPES = {
        "application/json", "application/json", "application/json", "application/json", "application/json;charset=zq9x",
        "application/yaml", "text/csv", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
        "multipart/form-data; boundary=zq9x", "zq9x", "zq9x/;", "application/*"
    };
    private static final String[] HEADERS = {
        "",
        "",
        "",
        "X-Forwarded-Prefix: DELETE\r\n",
        "X-Forwarded-Host: zq9x:zq9x\r\n",
        "Accept: text/html\r\n",
        "Accept: zq9x\r\n",
        "Accept-Language: zq9x-\r\n",
        "Idempotency-Key: zq9x\u00e9\r\n",
        "Cookie: zq9x=\"\r\n",
        "Range: bytes=zq9x\r\n",
        "Content-Encoding: gzip\r\n",
        "Expect: zq9x\r\n",
        "If-None-Match: zq9x\r\n",
        "X-HTTP-Method-Override: DELETE\r\n",
        "Forwarded: for=zq9x\r\n",
        "Origin: http://zq9x\r\n",
        "Host: zq9x\r\n"
    };
    private static final String[] METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "ZQ9X"
    };
    private static final String[] OTHER_PATHS = {
        "/",
        "/error",
        "/actuator",
        "/actuator/health/zq9x",
        "/actuator/env",
        "/v3/api-docs/zq9x",
        "/favicon.ico",
        "/zq9x",
        "/api/v1/zq9x",
        "/api//v1/users",
        "/api/v1/..;/zq9x",
        "/%2e%2e/zq9x",
        "/api/v1/%zz",
        "/api/v1/%00zq9x",
        "/zq9x?%zz"
    };

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
        String method = oneIn(10) ? oneOf(METHODS) : operation.method();
        String path = oneIn(20) ? oneOf(OTHER_PATHS) : path(operation);
        boolean isDescribed = method.equals(operation.method())
                && path.startsWith(operation.path().replaceFirst("\\{.*", ""));
        return new Wild(
                request(operation, method, path),
                isDescribed
                        ? Set.copyOf(operation.description().path("responses").propertyNames())
                        : Set.of("200", "204"));
    }

    private RawRequest request(Operation operation, String method, String path) {
        String headers = oneOf(HEADERS)
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
        return oneIn(8) ? oneOf(BODIES) : object(operation.description());
    }

    private RawRequest withBody(String method, String path, String headers, String body) {
        String type = "Content-Type: " + oneOf(TYPES) + "\r\n";
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
                        "{" + name + "}", oneIn(3) ? encoded(UUID.randomUUID().toString()) : encoded(oneOf(TEXTS)));
            } else if (random.nextBoolean()) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(name)
                        .append("=")
                        .append(encoded(oneOf(TEXTS)));
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
            case 0 -> oneOf(JSON_VALUES);
            case 1 -> "\"" + UUID.randomUUID() + "\"";
            default -> "\"" + oneOf(TEXTS).replaceAll("[\"\\\\\\p{Cntrl}]", "") + "\"";
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
