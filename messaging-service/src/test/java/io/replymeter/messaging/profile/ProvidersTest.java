package io.replymeter.messaging.profile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.profile.StandInMetricsApi.Numbers;
import io.replymeter.messaging.user.StaleResponseMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

@ProfileApiTest
class ProvidersTest {

    private static final Instant APPLIED = Instant.parse("2026-11-22T10:00:00.123456Z");

    @Autowired
    Api api;

    @Autowired
    StandInMetricsApi metricsApi;

    @Autowired
    StaleResponseMetrics staleMetrics;

    @Autowired
    Profiles profiles;

    @Test
    void whoAnswersBestIsFirstAndWhoHasNothingToShowIsLast() {
        UUID client = api.newUser("CLIENT");
        UUID half = provider(new Numbers(10, 5, "60.0", APPLIED));
        UUID all = provider(new Numbers(10, 10, "9000.0", APPLIED));
        UUID most = provider(new Numbers(10, 9, "60.0", APPLIED));
        UUID none = provider(new Numbers(10, 0, null, APPLIED));
        UUID few = provider(new Numbers(2, 2, null, APPLIED));
        UUID hidden = provider(new Numbers(10, 10, "60.0", APPLIED));
        api.send(HttpMethod.PATCH, Api.user(hidden), "/api/v1/me/profile", "{\"showResponseMetrics\":false}");

        List<String> listed = new ArrayList<>();
        Map<String, JsonNode> texts = new HashMap<>();
        String cursor = null;
        do {
            JsonNode page = page(client, cursor);
            page.path("providers").forEach(provider -> {
                listed.add(provider.path("providerId").asString());
                texts.put(provider.path("providerId").asString(), provider.path("responseMetrics"));
            });
            cursor = page.path("nextCursor").asString(null);
        } while (cursor != null);

        assertThat(listed).doesNotHaveDuplicates().doesNotContain(client.toString());
        assertThat(listed.stream().filter(texts(all, most, half, none)::contains))
                .containsExactly(all.toString(), most.toString(), half.toString(), none.toString());
        assertThat(listed.subList(listed.indexOf(none.toString()) + 1, listed.size()))
                .contains(few.toString(), hidden.toString());
        assertThat(texts.get(hidden.toString())).isEqualTo(texts.get(few.toString()));
        assertThat(requireNonNull(texts.get(most.toString()))
                        .path("responseRate")
                        .asString())
                .isEqualTo("90%");
    }

    @Test
    void aListIsInTheReadersLanguageWithTheHoursOfAllAndHasATag() {
        UUID client = api.newUser("CLIENT");
        UUID provider = provider(new Numbers(10, 10, "60.0", APPLIED));
        api.send(HttpMethod.PUT, Api.user(provider), "/api/v1/me/availability", """
                {"timeZone":"Europe/Paris","weeklyHours":[{"day":"MONDAY","from":"09:00","to":"19:00"}],"absences":[]}
                """);

        var german = api.http()
                .get()
                .uri("/api/v1/providers?limit=100")
                .header(HttpHeaders.ACCEPT_LANGUAGE, "de")
                .with(Api.user(client))
                .exchange();
        JsonNode found = api.json(200, german)
                .path("providers")
                .valueStream()
                .filter(one -> one.path("providerId").asString().equals(provider.toString()))
                .findFirst()
                .orElseThrow();

        assertThat(found.at("/availability/usuallyAnswers").asString())
                .isEqualTo("Antwortet meist Montag, 9:00 bis 19:00 Uhr, Europe/Paris");
        assertThat(german.getResponse().getHeader(HttpHeaders.ETAG)).startsWith("W/");
    }

    @Test
    void whoIsDeactivatedIsNotListed() {
        UUID client = api.newUser("CLIENT");
        UUID provider = provider(new Numbers(10, 10, "60.0", APPLIED));
        assertThat(api.text(api.get(Api.user(client), "/api/v1/providers?limit=100")))
                .contains(provider.toString());

        assertThat(api.post(Api.admin(), "/api/v1/users/" + provider + "/deactivation", "{}"))
                .hasStatus2xxSuccessful();

        assertThat(api.text(api.get(Api.user(client), "/api/v1/providers?limit=100")))
                .doesNotContain(provider.toString());
    }

    @Test
    void onlyCursorsOfTheListAreTaken() {
        UUID client = api.newUser("CLIENT");

        api.problem(400, "invalid-request", api.get(Api.user(client), "/api/v1/providers?cursor=theirs"));
        api.problem(400, "invalid-request", api.get(Api.user(client), "/api/v1/providers?limit=101"));
    }

    private UUID provider(Numbers numbers) {
        UUID provider = api.newUser("PROVIDER");
        metricsApi.know(provider, numbers);
        staleMetrics.mark(List.of(provider));
        await().until(() -> {
            MetricsSummary known = profiles.find(provider).orElseThrow().lastKnown();
            return known != null && known.sampleSize() == numbers.sampleSize();
        });
        return provider;
    }

    private static List<String> texts(UUID... ids) {
        return Stream.of(ids).map(UUID::toString).toList();
    }

    private JsonNode page(UUID client, @Nullable String cursor) {
        String query = "?limit=2" + (cursor == null ? "" : "&cursor=" + cursor);
        return api.json(200, api.get(Api.user(client), "/api/v1/providers" + query));
    }
}
