package io.replymeter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may call what, as docs/api.md says it in one table for each service. Every mapped endpoint is called by everybody, so
 * whoever maps another one decides there who may call it.
 */
public abstract class EndpointsContract {

    /** The columns of the table, and somebody with a good token whom nobody knows. */
    protected enum Who {
        NOBODY,
        CLIENT,
        PROVIDER,
        METRICS,
        OPERATOR,
        ADMIN,
        STRANGER
    }

    private static final Set<Who> COLUMNS = EnumSet.complementOf(EnumSet.of(Who.STRANGER));

    /** What somebody is told who may not call this at all, whatever they ask about. */
    private static final Pattern DENIED = Pattern.compile("problem:(no-valid-token|not-allowed|unknown-user|not-a-user"
            + "|not-a-provider|only-for-providers|not-your-team|not-yourself)\"");

    @Autowired
    private List<RequestMappingInfoHandlerMapping> mappings;

    @Autowired
    private MockMvcTester http;

    /** The heading of the table. */
    protected abstract String heading();

    /** Calls an endpoint, about something that is the caller's own where anything can be. */
    protected abstract MvcTestResult call(HttpMethod method, String path, Who caller);

    @Test
    void everyEndpointAnswersThoseWhomTheDocumentationNames() throws IOException {
        assertThat(endpoints().map(this::row)).containsExactlyInAnyOrderElementsOf(documented());
    }

    @Test
    void aStrangersTokenOpensNothingThatIsClosedWithoutOne() {
        assertThat(endpoints().filter(endpoint -> mayCall(endpoint, Who.STRANGER)))
                .containsExactlyInAnyOrderElementsOf(endpoints()
                        .filter(endpoint -> mayCall(endpoint, Who.NOBODY))
                        .toList());
    }

    @Test
    void theDescriptionNamesTheRefusalsOfEveryOperation() {
        JsonNode description = JsonMapper.shared()
                .readTree(
                        http.get().uri("/v3/api-docs").exchange().getResponse().getContentAsByteArray());

        assertThat(description.path("paths").valueStream().flatMap(JsonNode::valueStream))
                .isNotEmpty()
                .allSatisfy(operation -> {
                    JsonNode answers = operation.path("responses");
                    assertThat(answers.propertyNames()).contains("401", "403", "503");
                    assertThat(answers.propertyNames()).anyMatch(status -> status.startsWith("2"));
                    if (operation.has("requestBody")) {
                        assertThat(answers.propertyNames()).contains("400", "408", "413", "415");
                    }
                    assertThat(answers.properties())
                            .filteredOn(answer -> answer.getKey().compareTo("400") >= 0)
                            .allSatisfy(answer -> assertThat(answer.getValue()
                                            .at("/content/application~1problem+json/schema/$ref")
                                            .asString())
                                    .isEqualTo("#/components/schemas/Problem"));
                });
    }

    private Stream<String> endpoints() {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(EndpointsContract::endpoints)
                .distinct();
    }

    private static Stream<String> endpoints(RequestMappingInfo mapping) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        Set<RequestMethod> all = methods.isEmpty() ? Set.of(RequestMethod.values()) : methods;
        return mapping.getPatternValues().stream().flatMap(path -> all.stream().map(method -> method + " " + path));
    }

    private String row(String endpoint) {
        return COLUMNS.stream()
                .map(who -> mayCall(endpoint, who) ? "yes" : "-")
                .collect(Collectors.joining(" | ", "| `" + endpoint + "` | ", " |"));
    }

    private boolean mayCall(String endpoint, Who caller) {
        String[] methodAndPath = endpoint.split(" ", 2);
        MvcTestResult answer = call(HttpMethod.valueOf(methodAndPath[0]), methodAndPath[1], caller);
        assertThat(answer.getUnresolvedException()).as(endpoint).isNull();
        return !DENIED.matcher(new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8))
                .find();
    }

    /** The rows below the heading; who may call it about what is theirs may call it. */
    private List<String> documented() throws IOException {
        return Files.readString(Path.of("..", "docs", "api.md"))
                .split("\n#+ \\Q" + heading() + "\\E\n")[1]
                .split("\n#+ ")[0]
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replace("| own", "| yes"))
                .toList();
    }
}
