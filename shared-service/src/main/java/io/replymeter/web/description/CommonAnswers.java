package io.replymeter.web.description;

import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds to every operation what may also be answered to it, and gives every refusal the schema of problem documents. */
public final class CommonAnswers implements OpenApiCustomizer {

    private static final String PROBLEM = "Problem";

    private static final Map<String, String> TO_ALL = Map.of(
            "401", "No valid token",
            "403", "The token does not allow that",
            "406", "The answer has none of the wanted media types",
            "503", "The service cannot do this right now; Retry-After says when to send it again");

    private static final Map<String, String> TO_INPUT =
            Map.of("400", "A field, parameter or header is missing, malformed or out of range");

    private static final Map<String, String> TO_BODIES = Map.of(
            "408", "The body came too slowly",
            "413", "The body is too large",
            "415", "The body has another media type");

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().addSchemas(PROBLEM, problem());
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(CommonAnswers::complete);
    }

    private static void complete(Operation operation) {
        ApiResponses answers = operation.getResponses();
        add(TO_ALL, answers);
        if (operation.getParameters() != null || operation.getRequestBody() != null) {
            add(TO_INPUT, answers);
        }
        if (operation.getRequestBody() != null) {
            add(TO_BODIES, answers);
        }
        answers.forEach((status, answer) -> {
            if (status.compareTo("400") >= 0) {
                answer.content(new Content()
                        .addMediaType(
                                APPLICATION_PROBLEM_JSON_VALUE, new MediaType().schema(new Schema<>().$ref(PROBLEM))));
            }
        });
    }

    private static void add(Map<String, String> common, ApiResponses answers) {
        common.forEach(
                (status, description) -> answers.putIfAbsent(status, new ApiResponse().description(description)));
    }

    private static Schema<?> problem() {
        Schema<?> violation =
                new ObjectSchema().addProperty("field", new StringSchema()).addProperty("reason", new StringSchema());
        return new ObjectSchema()
                .description("RFC 9457: what was wrong, and what to do next")
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("errors", new ArraySchema().items(violation).description("of an invalid request"))
                .required(List.of("type", "title", "status", "detail"));
    }
}
