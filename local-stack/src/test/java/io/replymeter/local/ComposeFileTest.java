package io.replymeter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.MessageEventsTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** docker-compose.yml repeats the contract, the version and the variables of docs/operate.md. They have to agree. */
class ComposeFileTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(REPLYMETER_\\w+)(:[-?])?");

    private static final Pattern DOCUMENTED_ROW = Pattern.compile("(?m)^\\| `((?:REPLYMETER|SPRING)_\\w+)`");

    private static final List<String> BOTH_SERVICES = List.of("messaging-service", "metrics-service");
    /** Properties of Spring Boot that no table of variables has. */
    private static final String TRACING = "MANAGEMENT_";

    private final String text = read("docker-compose.yml");
    private final JsonNode services = new YAMLMapper().readTree(text).path("services");

    @Test
    void theTopicIsTheContracts() {
        List<String> command = strings(services.path("topic").path("command"));

        assertThat(command)
                .contains("--topic=" + MessageEventsTopic.NAME, "--partitions=" + MessageEventsTopic.PARTITIONS);
        assertThat(command.stream().filter(argument -> argument.startsWith("--config=")))
                .containsExactlyInAnyOrderElementsOf(MessageEventsTopic.SETTINGS.entrySet().stream()
                        .map(setting -> "--config=" + setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    @Test
    void ourImagesAreOfThisVersionAndNeverPulled() {
        List<JsonNode> ours = services.valueStream()
                .filter(service -> service.path("image").asString().startsWith("replymeter/"))
                .toList();

        assertThat(ours)
                .hasSize(3)
                .allSatisfy(
                        service -> assertThat(service.path("image").asString()).endsWith(":" + Launcher.VERSION));
        assertThat(text)
                .contains("x-service: &service\n  pull_policy: never\n")
                .containsPattern("(?s)(<<: \\*service.*){3}");
    }

    @Test
    void everyPortIsOnLoopback() {
        assertThat(services.valueStream().flatMap(service -> strings(service.path("ports")).stream()))
                .hasSize(7)
                .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }

    @Test
    void nothingSecretHasADefault() {
        Matcher variables = VARIABLE.matcher(text);
        while (variables.find()) {
            boolean secret = variables.group(1).matches(".*(PASSWORD|SECRETS)");
            assertThat(variables.group(2)).as(variables.group(1)).isEqualTo(secret ? ":?" : ":-");
        }
    }

    @Test
    void theOperatorsGuideNamesEveryVariableAndNoOther() {
        Set<String> variables = found(VARIABLE, text);
        BOTH_SERVICES.forEach(service -> variables.addAll(environment(service).propertyNames()));
        variables.removeIf(name -> name.startsWith(TRACING));

        assertThat(found(DOCUMENTED_ROW, read("docs/operate.md"))).isEqualTo(variables);
    }

    @Test
    void bothServicesSendTracesToTheCollectorWithTheDocumentedProperties() {
        String guide = read("docs/operate.md");

        assertThat(services.path("collector").path("profiles").toString()).contains("observability");
        assertThat(BOTH_SERVICES).allSatisfy(service -> {
            JsonNode environment = environment(service);
            assertThat(environment
                            .path("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT")
                            .asString())
                    .isEqualTo("http://collector:4318/v1/traces");
            assertThat(environment.propertyNames().stream().filter(name -> name.startsWith(TRACING)))
                    .hasSize(3)
                    .allSatisfy(name -> assertThat(guide)
                            .contains("| `" + name.toLowerCase(Locale.ROOT).replace('_', '.') + "` |"));
        });
    }

    private JsonNode environment(String service) {
        return services.path(service).path("environment");
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asString()));
        return strings;
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
