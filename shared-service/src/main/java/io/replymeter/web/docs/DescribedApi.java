package io.replymeter.web.docs;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds to the description of a service's API what holds for all of its operations: a stable name, the problem documents, and
 * the examples in {@code api-examples.json}, by method and path.
 */
final class DescribedApi implements GlobalOpenApiCustomizer {

    private static final String PROBLEM = "application/problem+json";
    private static final String JSON = "application/json";
    private static final String SCHEMA = "Problem";

    private static final Map<String, String> EVERYWHERE = Map.of(
            "401", "No token, or one that is not valid",
            "403", "A token without the scope or the role that is needed",
            "406", "The answer has none of the wanted media types",
            "500", "An error of the service; the detail says whether to send the request again",
            "503", "The service cannot do this right now: send the request again after the seconds in Retry-After");
    private static final String INVALID = "A parameter, a header or the body breaks a rule; errors names each";

    private static final Map<String, String> OF_BODIES = Map.of(
            "408", "The body came too slowly",
            "413", "The body is too large",
            "415", "The body has another media type");

    /** Of an operation; null for what it does not have. */
    private record Examples(
            @Nullable Object request, @Nullable Object response) {

        static final Examples NONE = new Examples(null, null);
    }

    private final Map<String, Examples> examples;

    DescribedApi(JsonMapper json) {
        this.examples = read(json);
    }

    private static Map<String, Examples> read(JsonMapper json) {
        ClassPathResource file = new ClassPathResource("api-examples.json");
        if (!file.exists()) {
            return Map.of();
        }
        try (InputStream text = file.getInputStream()) {
            return json.readValue(text, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void customise(OpenAPI api) {
        // Whatever address it was asked at, also behind a proxy.
        api.setServers(List.of(new Server().url("/")));
        api.getComponents().addSchemas(SCHEMA, problem());
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> describe(method, path, operation)));
    }

    private void describe(HttpMethod method, String path, Operation operation) {
        operation.setOperationId(name(method, path));
        describeErrors(operation);
        Examples known = examples.getOrDefault(method + " " + path, Examples.NONE);
        if (operation.getRequestBody() != null) {
            show(known.request(), operation.getRequestBody().getContent());
        }
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                show(known.response(), response.getContent());
            }
        });
    }

    /** {@code GET /api/v1/providers/{id}/profile} is {@code getProvidersByIdProfile}. */
    private static String name(HttpMethod method, String path) {
        StringBuilder name = new StringBuilder(method.name().toLowerCase(Locale.ROOT));
        for (String part : path.replaceFirst("^/(api/)?", "").split("[/-]")) {
            if (!part.equals("v1")) {
                name.append(part.startsWith("{") ? "By" + capital(part.replaceAll("[{}]", "")) : capital(part));
            }
        }
        return name.toString();
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static void describeErrors(Operation operation) {
        ApiResponses responses = operation.getResponses();
        add(EVERYWHERE, responses);
        if (operation.getRequestBody() != null || operation.getParameters() != null) {
            add(Map.of("400", INVALID), responses);
        }
        if (operation.getRequestBody() != null) {
            add(OF_BODIES, responses);
        }
        responses.forEach((status, response) -> {
            if (status.startsWith("3")) {
                response.setContent(null);
            }
            if (status.compareTo("400") >= 0) {
                response.setContent(new Content()
                        .addMediaType(
                                PROBLEM,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA))));
            }
        });
    }

    private static void add(Map<String, String> meanings, ApiResponses responses) {
        meanings.forEach((status, meaning) -> responses.putIfAbsent(status, new ApiResponse().description(meaning)));
    }

    private static void show(@Nullable Object example, @Nullable Content content) {
        if (example == null || content == null) {
            return;
        }
        MediaType shown = content.getOrDefault(JSON, content.values().iterator().next());
        shown.setExample(example);
    }

    private static Schema<?> problem() {
        Schema<?> error = new ObjectSchema()
                .addProperty("field", new StringSchema().description("where, as the request names it"))
                .addProperty("reason", new StringSchema().description("what it must be"));
        return new ObjectSchema()
                .description("RFC 9457. Some problems have further properties.")
                .addProperty("type", new StringSchema().example("urn:replymeter:problem:invalid-request"))
                .addProperty("title", new StringSchema().description("what is wrong, the same for every occurrence"))
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema().description("what to do next"))
                .addProperty("errors", new ArraySchema().items(error).description("of an invalid request"))
                .required(List.of("type", "title", "status", "detail"));
    }
}
