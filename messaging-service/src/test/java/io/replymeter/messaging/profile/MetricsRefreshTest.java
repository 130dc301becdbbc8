package io.replymeter.messaging.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.profile.Profiles.Profile;
import io.replymeter.messaging.profile.StandInMetricsApi.Mood;
import io.replymeter.messaging.profile.StandInMetricsApi.Numbers;
import io.replymeter.messaging.user.StaleResponseMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@ProfileApiTest
class MetricsRefreshTest {

    @Autowired
    Api api;

    @Autowired
    StandInMetricsApi metricsApi;

    @Autowired
    MetricsClient metrics;

    @Autowired
    StaleResponseMetrics staleMetrics;

    @Autowired
    Profiles profiles;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void isBack() {
        metricsApi.recover();
        await().until(() -> !metrics.isAway());
    }

    @Test
    void aNewProviderIsKnownWithinSeconds() {
        UUID provider = api.newUser("PROVIDER");

        awaitSampleSize(provider, 0);
    }

    @Test
    void whatAMessageMadeStaleIsRefreshedInTime() {
        UUID provider = knownProvider();
        metricsApi.know(provider, new Numbers(4, 4, "60", Instant.now().plusSeconds(60)));

        staleMetrics.mark(List.of(provider));

        awaitSampleSize(provider, 4);
        await().until(() -> !isStale(provider));
    }

    @Test
    void aProvidersMessageRefreshesTheirMetricsInTimeAndAClientsDoesNot() {
        UUID client = api.newUser("CLIENT");
        UUID provider = knownProvider();
        UUID silent = knownProvider();
        metricsApi.know(provider, new Numbers(4, 4, "60", Instant.now().plusSeconds(60)));
        metricsApi.know(silent, new Numbers(4, 4, "60", Instant.now().plusSeconds(60)));

        api.json(201, write(client, silent));
        api.json(201, write(provider, client));

        awaitSampleSize(provider, 4);
        assertThat(sampleSize(silent)).isEqualTo(0);
    }

    @Test
    void whatIsDeletedRefreshesTheProvidersMetricsInTime() {
        UUID client = api.newUser("CLIENT");
        UUID provider = knownProvider();
        JsonNode message = api.json(201, write(client, provider));
        metricsApi.know(provider, new Numbers(4, 4, "60", Instant.now().plusSeconds(60)));
        assertThat(api.delete(
                        Api.user(client),
                        "/api/v1/messages/{id}",
                        message.path("messageId").asString()))
                .hasStatus2xxSuccessful();
        awaitSampleSize(provider, 4);

        metricsApi.know(provider, new Numbers(3, 3, "60", Instant.now().plusSeconds(60)));
        assertThat(api.delete(
                        Api.user(client),
                        "/api/v1/conversations/{id}",
                        message.path("conversationId").asString()))
                .hasStatus2xxSuccessful();
        awaitSampleSize(provider, 3);
    }

    @Test
    void anAnswerThatIsTooEarlyIsAskedForAgainUntilItTellsOfTheMessage() {
        UUID provider = knownProvider();
        metricsApi.know(provider, new Numbers(3, 3, "60", Instant.now().minusSeconds(60)));
        staleMetrics.mark(List.of(provider));
        awaitSampleSize(provider, 3);
        assertThat(isStale(provider)).isTrue();

        metricsApi.know(provider, new Numbers(4, 4, "60", Instant.now().plusSeconds(60)));

        awaitSampleSize(provider, 4);
        await().until(() -> !isStale(provider));
    }

    @Test
    void whatWasNotReadForAnHourIsReadAgain() {
        UUID provider = knownProvider();
        metricsApi.know(provider, new Numbers(5, 4, "60", Instant.now()));

        jdbc.sql("UPDATE users SET metrics_due_at = metrics_due_at - interval '1 hour' WHERE id = ?")
                .param(provider)
                .update();

        awaitSampleSize(provider, 5);
    }

    @Test
    void whatBecameStaleWhileTheMetricsApiWasDownIsRefreshedAfterwards() {
        UUID provider = knownProvider();
        metricsApi.stop();
        staleMetrics.mark(List.of(provider));
        await().until(() -> isStale(provider));

        metricsApi.know(provider, new Numbers(4, 4, "60", Instant.now().plusSeconds(60)));
        metricsApi.start();

        await().untilAsserted(() -> assertThat(sampleSize(provider)).isEqualTo(4));
    }

    @Test
    void manyProvidersAreReadAHundredAtATime() {
        metricsApi.mood = Mood.BROKEN;
        List<UUID> providers = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            providers.add(api.newUser("PROVIDER"));
        }
        metricsApi.recover();

        await().untilAsserted(() -> assertThat(providers).allMatch(provider -> sampleSize(provider) != null));

        assertThat(metricsApi.requests).hasSizeLessThan(providers.size() / 2);
    }

    private MvcTestResult write(UUID sender, UUID recipient) {
        return api.post(
                Api.user(sender), "/api/v1/messages", "{\"recipientId\":\"" + recipient + "\",\"body\":\"Hello\"}");
    }

    private UUID knownProvider() {
        UUID provider = api.newUser("PROVIDER");
        await().untilAsserted(() -> assertThat(sampleSize(provider)).isNotNull());
        return provider;
    }

    private void awaitSampleSize(UUID provider, int expected) {
        await().untilAsserted(() -> assertThat(sampleSize(provider)).isEqualTo(expected));
    }

    private @Nullable Integer sampleSize(UUID provider) {
        return profiles.find(provider)
                .map(Profile::lastKnown)
                .map(MetricsSummary::sampleSize)
                .orElse(null);
    }

    private boolean isStale(UUID provider) {
        return jdbc.sql("SELECT metrics_stale_since IS NOT NULL FROM users WHERE id = ?")
                .param(provider)
                .query(Boolean.class)
                .single();
    }
}
