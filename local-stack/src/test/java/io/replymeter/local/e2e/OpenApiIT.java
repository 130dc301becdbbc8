package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What both services say of their APIs. */
class OpenApiIT {

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final Set<String> NO_TOKEN = Set.of("401", "403");

    /** Those who build a client take the file, so a change of it is seen in a review. */
    @ParameterizedTest
    @ValueSource(strings = {"messaging-service", "metrics-service"})
    void theDescriptionIsTheOneInTheDocumentation(String service) throws IOException {
        String said = description(service).toPrettyString() + "\n";
        Path actual = Files.createDirectories(Path.of("target", "openapi")).resolve(service + ".json");
        Files.writeString(actual, said);

        assertThat(Path.of("..", "docs", "openapi", service + ".json"))
                .as("if the change is wanted: cp local-stack/target/openapi/*.json docs/openapi/")
                .hasContent(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"messaging-service", "metrics-service"})
    void everyOperationHasExamplesThatFitItsSchema(String service) {
        JsonNode api = description(service);
        List<String> wrong = new ArrayList<>();
        operations(api).forEach((name, operation) -> {
            check(name + " asks", operation.path("requestBody").path("content"), api, wrong);
            operation
                    .path("responses")
                    .propertyStream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .forEach(response -> check(
                            name + " answers " + response.getKey(),
                            response.getValue().path("content"),
                            api,
                            wrong));
        });
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"messaging-service", "metrics-service"})
    void everyErrorIsAProblemDocument(String service) {
        operations(description(service)).forEach((name, operation) -> {
            JsonNode responses = operation.path("responses");
            assertThat(responses.propertyNames()).as(name).containsAll(NO_TOKEN);
            responses
                    .propertyStream()
                    .filter(response -> response.getKey().compareTo("400") >= 0)
                    .forEach(response -> assertThat(response.getValue()
                                    .path("content")
                                    .path(PROBLEM)
                                    .path("schema")
                                    .path("$ref")
                                    .asString(""))
                            .as(name + " " + response.getKey())
                            .isEqualTo("#/components/schemas/Problem"));
        });
    }

    private static JsonNode description(String service) {
        return (service.equals("messaging-service") ? EndToEnd.messaging() : EndToEnd.metrics())
                .get("/v3/api-docs", null)
                .expect(200);
    }

    private static Map<String, JsonNode> operations(JsonNode api) {
        Map<String, JsonNode> operations = new TreeMap<>();
        api.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(operation ->
                                operations.put(operation.getKey() + " " + path.getKey(), operation.getValue())));
        assertThat(operations).hasSizeGreaterThan(20);
        return operations;
    }

    private static void check(String what, JsonNode content, JsonNode api, List<String> wrong) {
        content.propertyStream().forEach(type -> {
            JsonNode example = type.getValue().path("example");
            if (example.isMissingNode()) {
                wrong.add(what + " without an example");
            } else if (type.getKey().equals(JSON)) {
                compare(what, example, type.getValue().path("schema"), api, wrong);
            }
        });
    }

    /** Every field of an example is one of the schema. */
    private static void compare(String where, JsonNode example, JsonNode schema, JsonNode api, List<String> wrong) {
        JsonNode type = resolved(schema, api);
        if (example.isArray()) {
            example.forEach(item -> compare(where + "[]", item, type.path("items"), api, wrong));
        } else if (example.isObject() && !type.path("properties").isEmpty()) {
            Set<String> unknown = new TreeSet<>(example.propertyNames());
            unknown.removeAll(type.path("properties").propertyNames());
            unknown.forEach(field -> wrong.add(where + "." + field + " is not in the schema"));
            type.path("properties")
                    .propertyStream()
                    .filter(property -> example.has(property.getKey()))
                    .forEach(property -> compare(
                            where + "." + property.getKey(),
                            example.path(property.getKey()),
                            property.getValue(),
                            api,
                            wrong));
        }
    }

    private static JsonNode resolved(JsonNode schema, JsonNode api) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : api.at(reference.substring(1));
    }
}
