package io.replymeter.local.e2e;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who may see and do what. */
class PrivacyIT {

    private final Person client = Person.client();
    private final Person provider = Person.provider();

    @Test
    void hiddenMetricsLookLikeNoDataToEverybodyButTheProvider() {
        new History().threeAnswered(client, provider, ofHours(1)).happened();
        awaitRate(client, "100%");

        show(false);

        JsonNode hidden = client.seesMetricsOf(provider);
        assertThat(hidden).isEqualTo(client.seesMetricsOf(Person.provider()));
        assertThat(provider.seesMetricsOf(provider).path("responseRate").asString(""))
                .isEqualTo("100%");

        show(true);
        awaitRate(client, "100%");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/conversations",
                "/api/v1/providers/00000000-0000-4000-8000-000000000000/profile",
                "/api/v1/me/response-metrics",
                "/actuator/prometheus",
                "/nowhere"
            })
    void messagingWantsAToken(String path) {
        EndToEnd.messaging().get(path, null).expectProblem(401);
        EndToEnd.messaging().get(path, "not-a-token").expectProblem(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/providers/00000000-0000-4000-8000-000000000000/response-metrics",
                "/api/v1/response-metrics?providerId=00000000-0000-4000-8000-000000000000",
                "/api/v1/providers/00000000-0000-4000-8000-000000000000/response-metrics/daily",
                "/api/v1/providers/00000000-0000-4000-8000-000000000000/inquiries",
                "/ops/v1/integrity",
                "/ops/v1/quarantine",
                "/ops/v1/ignored",
                "/actuator/prometheus",
                "/nowhere"
            })
    void metricsWantATokenWithTheRightScope(String path) {
        EndToEnd.metrics().get(path, null).expectProblem(401);
        EndToEnd.metrics().get(path, client.token()).expectProblem(403);
        if (path.startsWith("/api")) {
            EndToEnd.metrics().get(path, EndToEnd.opsToken()).expectProblem(403);
            EndToEnd.metrics().get(path, EndToEnd.serviceToken()).expect(200);
        }
        if (path.startsWith("/ops")) {
            EndToEnd.metrics().get(path, EndToEnd.serviceToken()).expectProblem(403);
            EndToEnd.metrics().get(path, EndToEnd.opsToken()).expect(200);
        }
    }

    @Test
    void healthAndTheApiDescriptionAreOpen() {
        for (Api api : List.of(EndToEnd.messaging(), EndToEnd.metrics())) {
            for (String path : List.of(
                    "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness", "/v3/api-docs")) {
                api.get(path, null).expect(200);
            }
        }
    }

    @Test
    void onlyAdministratorsAddUsersAndImport() {
        Map<String, Object> user = Map.of("role", "CLIENT", "displayName", "Eve");

        for (@Nullable String token : new @Nullable String[] {client.token(), EndToEnd.serviceToken(), EndToEnd.opsToken()}) {
            EndToEnd.messaging().post("/api/v1/users", token, user).expectProblem(403);
            EndToEnd.messaging()
                    .postCsv("/api/v1/imports", token, History.HEADER)
                    .expectProblem(403);
        }
    }

    @Test
    void clientsHaveNoMetricsOfTheirOwn() {
        EndToEnd.messaging().get("/api/v1/me/response-metrics", client.token()).expectProblem(403);
        EndToEnd.messaging()
                .patch("/api/v1/me/profile", client.token(), Map.of("showResponseMetrics", false))
                .expectProblem(400);
    }

    @Test
    void strangersDoNotReadAConversation() {
        JsonNode message = client.writesTo(provider);
        String path = "/api/v1/conversations/" + message.path("conversationId").asString() + "/messages";

        EndToEnd.messaging().get(path, Person.client().token()).expectProblem(404);
        EndToEnd.messaging().get(path, provider.token()).expect(200);
    }

    private void show(boolean shown) {
        EndToEnd.messaging()
                .patch("/api/v1/me/profile", provider.token(), Map.of("showResponseMetrics", shown))
                .expect(200);
    }

    private void awaitRate(Person viewer, String rate) {
        await().untilAsserted(() -> assertThat(
                        viewer.seesMetricsOf(provider).path("responseRate").asString(""))
                .isEqualTo(rate));
    }
}
