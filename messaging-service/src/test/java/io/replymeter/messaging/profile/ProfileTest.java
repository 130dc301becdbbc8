package io.replymeter.messaging.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.profile.StandInMetricsApi.Mood;
import io.replymeter.messaging.profile.StandInMetricsApi.Numbers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@ProfileApiTest
class ProfileTest {

    private static final Instant APPLIED = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Numbers ENOUGH = new Numbers(15, 12, "9000.5", APPLIED);

    @Autowired
    Api api;

    @Autowired
    StandInMetricsApi metricsApi;

    @Autowired
    MetricsClient metrics;

    @Autowired
    Profiles profiles;

    private UUID client = UUID.randomUUID();
    private UUID provider = UUID.randomUUID();

    @BeforeEach
    void people() {
        metricsApi.recover();
        client = api.newUser("CLIENT");
        provider = api.newUser("PROVIDER");
        await().until(() -> metrics.of(provider).isPresent());
    }

    @Test
    void aClientReadsAverageRatePeriodAndBasisInWords() {
        metricsApi.know(provider, ENOUGH);

        JsonNode profile = api.json(200, profileFor(client));

        assertThat(profile.propertyNames())
                .containsExactlyInAnyOrder("providerId", "displayName", "bio", "availability", "responseMetrics");
        assertThat(profile.path("providerId").asString()).isEqualTo(provider.toString());
        assertThat(profile.path("displayName").asString()).isEqualTo("Somebody");
        JsonNode metrics = profile.path("responseMetrics");
        assertThat(metrics.propertyNames())
                .containsExactlyInAnyOrder(
                        "typicalResponseTime",
                        "averageResponseTime",
                        "responseRate",
                        "basedOnDays",
                        "period",
                        "sampleSize",
                        "basis",
                        "excused",
                        "lastUpdated",
                        "asOf",
                        "stale",
                        "labels",
                        "help");
        assertThat(metrics.path("averageResponseTime").asString()).isEqualTo("2 hours 30 minutes");
        assertThat(metrics.path("typicalResponseTime").asString()).isEqualTo("1 hour");
        assertThat(metrics.path("responseRate").asString()).isEqualTo("80%");
        assertThat(metrics.path("excused").isNull()).isTrue();
        assertThat(metrics.path("basedOnDays").asInt()).isEqualTo(30);
        assertThat(metrics.path("period").asString()).isEqualTo("Based on the last 30 days");
        assertThat(metrics.path("sampleSize").asInt()).isEqualTo(15);
        assertThat(metrics.path("basis").asString()).isEqualTo("Based on 15 inquiries in the last 30 days");
        assertThat(metrics.path("lastUpdated").asString()).isEqualTo(APPLIED.toString());
        assertThat(metrics.path("stale").asBoolean()).isFalse();
        assertThat(metrics.at("/help/averageResponseTime").asString()).isNotBlank();
        assertThat(metrics.at("/help/typicalResponseTime").asString()).isNotBlank();
        assertThat(metrics.at("/help/responseRate").asString()).contains("Responses within 24 hours");
    }

    @Test
    void fewerThanThreeSettledInquiriesShowNoNumberAndSayWhy() {
        metricsApi.know(provider, new Numbers(2, 2, null, APPLIED));

        JsonNode metrics = api.json(200, profileFor(client)).path("responseMetrics");

        assertThat(metrics.propertyNames()).containsExactlyInAnyOrder("reason", "displayText", "note");
        assertThat(metrics.path("displayText").asString()).isEqualTo("No response data available");
        assertThat(metrics.path("note").asString()).contains("at least 3 inquiries");
    }

    @Test
    void inquiriesWithoutAnyResponseSaySo() {
        metricsApi.know(provider, new Numbers(3, 0, null, APPLIED));

        JsonNode metrics = api.json(200, profileFor(client)).path("responseMetrics");

        assertThat(metrics.path("averageResponseTime").asString()).isEqualTo("No responses in the last 30 days");
        assertThat(metrics.path("typicalResponseTime").asString()).isEqualTo("No responses in the last 30 days");
        assertThat(metrics.path("responseRate").asString()).isEqualTo("0%");
    }

    @Test
    void excusedInquiriesAreNamed() {
        metricsApi.know(provider, new Numbers(15, 12, "9000.5", APPLIED, 2));

        assertThat(api.json(200, profileFor(client))
                        .at("/responseMetrics/excused")
                        .asString())
                .isEqualTo("2 inquiries were excused");
    }

    @Test
    void whoeverIsSignedInMayLook() {
        metricsApi.know(provider, ENOUGH);

        assertThat(profileFor(provider)).hasStatusOk();
        assertThat(profileFor(api.newUser("PROVIDER"))).hasStatusOk();
        assertThat(api.get(Api.service("metrics:read"), "/api/v1/providers/{id}/profile", provider))
                .hasStatusOk();
        assertThat(api.http()
                        .get()
                        .uri("/api/v1/providers/{id}/profile", provider)
                        .exchange())
                .hasStatus(401);
    }

    @Test
    void otherRolesHaveNoMetricsAtAll() {
        JsonNode profile = api.json(200, api.get(Api.user(provider), "/api/v1/clients/{id}/profile", client));

        assertThat(profile.propertyNames()).containsExactlyInAnyOrder("clientId", "displayName", "bio");
        assertThat(metricsApi.requests).noneMatch(request -> request.contains(client.toString()));
    }

    @Test
    void whoIsNotThereOrHasAnotherRoleIsNotFound() {
        UUID admin = api.newUser("ADMIN");
        for (UUID id : new UUID[] {UUID.randomUUID(), client, admin}) {
            api.problem(404, "profile-not-found", api.get(Api.user(client), "/api/v1/providers/{id}/profile", id));
        }
        for (UUID id : new UUID[] {UUID.randomUUID(), provider, admin}) {
            api.problem(404, "profile-not-found", api.get(Api.user(client), "/api/v1/clients/{id}/profile", id));
        }
        api.problem(400, "invalid-request", api.get(Api.user(client), "/api/v1/providers/17/profile"));
        api.problem(400, "invalid-request", api.get(Api.user(client), "/api/v1/clients/17/profile"));
    }

    @Test
    void hiddenMetricsLookToOthersExactlyAsIfThereWereNoData() {
        String withoutData = text(profileFor(client));
        metricsApi.know(provider, ENOUGH);
        assertThat(text(profileFor(client))).isNotEqualTo(withoutData);

        change(provider, "{\"showResponseMetrics\":false}");

        assertThat(text(profileFor(client))).isEqualTo(withoutData);
        assertThat(text(api.get(Api.admin(), "/api/v1/providers/{id}/profile", provider)))
                .isEqualTo(withoutData);
        JsonNode own = api.json(200, profileFor(provider)).path("responseMetrics");
        assertThat(own.path("responseRate").asString()).isEqualTo("80%");

        change(provider, "{\"showResponseMetrics\":true}");
        assertThat(text(profileFor(client))).contains("80%");
    }

    @Test
    void hiddenMetricsStayHiddenWhileTheMetricsAreAway() {
        String withoutData = text(profileFor(client));
        metricsApi.know(provider, ENOUGH);
        change(provider, "{\"showResponseMetrics\":false}");
        await().until(() -> profiles.find(provider).orElseThrow().lastKnown() != null);

        metricsApi.mood = Mood.BROKEN;

        assertThat(text(profileFor(client))).isEqualTo(withoutData);
    }

    @Test
    void oneChangesOnesOwnBioAndWhatIsAbsentStays() {
        assertThat(change(client, "{\"bio\":\" Hello,\\nI fix bikes. \"}")
                        .path("bio")
                        .asString())
                .isEqualTo("Hello,\nI fix bikes.");
        JsonNode unchanged = change(client, "{}");
        assertThat(unchanged.path("bio").asString()).isEqualTo("Hello,\nI fix bikes.");
        assertThat(unchanged.path("showResponseMetrics").isNull()).isTrue();
        assertThat(api.json(200, api.get(Api.user(provider), "/api/v1/clients/{id}/profile", client))
                        .path("bio")
                        .asString())
                .isEqualTo("Hello,\nI fix bikes.");
        assertThat(change(client, "{\"bio\":\"\"}").path("bio").isNull()).isTrue();
    }

    @Test
    void hidingAndTheBioAreIndependent() {
        change(provider, "{\"bio\":\"Bikes\",\"showResponseMetrics\":false}");

        assertThat(change(provider, "{\"bio\":\"Boats\"}")
                        .path("showResponseMetrics")
                        .asBoolean())
                .isFalse();
        assertThat(change(provider, "{\"showResponseMetrics\":true}")
                        .path("bio")
                        .asString())
                .isEqualTo("Boats");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bio\":\"a\\u0000b\"}",
                "{\"bio\":17.5,\"showResponseMetrics\":\"perhaps\"}",
                "{\"showResponseMetrics\":\"perhaps\"}",
                "[]",
                "{",
                ""
            })
    void whatCannotBeUsedIsRefused(String body) {
        api.problem(400, "invalid-request", patch(provider, body));
    }

    @Test
    void aBioHasAtMostTwoThousandCharacters() {
        assertThat(patch(client, "{\"bio\":\"" + "a".repeat(2_000) + "\"}")).hasStatusOk();
        api.problem(400, "invalid-request", patch(client, "{\"bio\":\"" + "a".repeat(2_001) + "\"}"));
    }

    @Test
    void onlyProvidersHaveMetricsToHide() {
        api.problem(400, "invalid-request", patch(client, "{\"showResponseMetrics\":false}"));
    }

    @Test
    void whoIsNoUserHasNoProfileToChange() {
        api.problem(403, "not-a-user", api.send(HttpMethod.PATCH, Api.admin(), "/api/v1/me/profile", "{}"));
        api.problem(403, "unknown-user", patch(UUID.randomUUID(), "{}"));
    }

    private MvcTestResult profileFor(UUID viewer) {
        return api.get(Api.user(viewer), "/api/v1/providers/{id}/profile", provider);
    }

    private JsonNode change(UUID who, String body) {
        return api.json(200, patch(who, body));
    }

    private MvcTestResult patch(UUID who, String body) {
        return api.send(HttpMethod.PATCH, Api.user(who), "/api/v1/me/profile", body);
    }

    private static String text(MvcTestResult result) {
        assertThat(result).hasStatusOk();
        return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }
}
