package io.replymeter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in deploy/kubernetes against the Kubernetes API as its Java model has it: no field is unknown or mistyped. */
class KubernetesManifestsTest {

    private static final Path MANIFESTS = Path.of("..", "deploy", "kubernetes");

    private static final Map<String, Class<?>> KINDS = Map.of(
            "apps/v1 Deployment", Deployment.class,
            "autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "batch/v1 Job", Job.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "v1 Service", Service.class,
            "v1 ServiceAccount", ServiceAccount.class);

    private static final ObjectMapper STRICT =
            new ObjectMapper(new YAMLFactory()).setAnnotationIntrospector(new NoUnknownProperties());

    /** The model keeps unknown properties, for newer versions of the API. */
    private static final class NoUnknownProperties extends JacksonAnnotationIntrospector {

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base/messaging-service.yaml",
                "base/metrics-service.yaml",
                "base/network-policies.yaml",
                "migrations/jobs.yaml"
            })
    void theyAreOfTheApi(String file) throws IOException {
        List<JsonNode> documents = documents(file);

        assertThat(documents).isNotEmpty();
        for (JsonNode document : documents) {
            String kind = document.path("apiVersion").asText() + " "
                    + document.path("kind").asText();
            assertThat(KINDS).containsKey(kind);
            assertThat(STRICT.treeToValue(document, KINDS.get(kind))).isNotNull();
        }
    }

    @Test
    void aMisspeltFieldWouldBeFound() throws IOException {
        JsonNode misspelt = STRICT.readTree("{spec: {template: {spec: {containers: [{readynessProbe: {}}]}}}}");

        assertThatThrownBy(() -> STRICT.treeToValue(misspelt, Deployment.class))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("readynessProbe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base/messaging-service.yaml", "base/metrics-service.yaml", "migrations/jobs.yaml"})
    void ourImagesAreOfThisVersion(String file) throws IOException {
        assertThat(Files.readString(MANIFESTS.resolve(file)).lines().filter(line -> line.contains("image:")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).endsWith("-service:" + Launcher.VERSION));
    }

    private static List<JsonNode> documents(String file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (var read = STRICT.readerFor(JsonNode.class)
                .<JsonNode>readValues(MANIFESTS.resolve(file).toFile())) {
            read.forEachRemaining(documents::add);
        }
        return documents;
    }
}
