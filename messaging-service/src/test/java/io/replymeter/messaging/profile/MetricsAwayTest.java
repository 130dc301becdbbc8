package io.replymeter.messaging.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.profile.Profiles.Profile;
import io.replymeter.messaging.profile.StandInMetricsApi.Mood;
import io.replymeter.messaging.profile.StandInMetricsApi.Numbers;
import io.replymeter.messaging.user.StaleResponseMetrics;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@ProfileApiTest
@Timeout(value = 5, unit = TimeUnit.MINUTES) // a metrics API that never answers would be waited for in vain
class MetricsAwayTest {

    private static final Instant APPLIED = Instant.parse("2026-11-22T10:00:00.123456Z");

    @Autowired
    Api api;

    @Autowired
    StandInMetricsApi metricsApi;

    @Autowired
    MetricsClient metrics;

    @Autowired
    Profiles profiles;

    @Autowired
    StaleResponseMetrics staleMetrics;

    @BeforeEach
    @AfterEach
    void isBack() {
        metricsApi.recover();
        await().until(() -> metrics.of(UUID.randomUUID()).isPresent() && !metrics.isAway());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WELL")
    void aProfileAnswersWhateverTheMetricsApiDoes(Mood mood) {
        metricsApi.mood = mood;

        assertUnavailableWithoutAnEarlierAnswer();
    }

    @Test
    void aProfileAnswersWhileTheMetricsApiIsDownAndShowsItAgainWhenItIsBack() {
        metricsApi.stop();
        UUID provider = assertUnavailableWithoutAnEarlierAnswer();

        metricsApi.know(provider, new Numbers(15, 12, "9000.5", APPLIED));
        metricsApi.start();

        await().untilAsserted(() -> {
            assertThat(metricsOf(provider).path("responseRate").asString()).isEqualTo("80%");
            assertThat(metricsOf(provider).path("stale").asBoolean()).isFalse();
        });
    }

    @Test
    void theLastKnownAnswerIsServedWithItsAge() {
        UUID provider = api.newUser("PROVIDER");
        metricsApi.know(provider, new Numbers(15, 12, "9000.5", APPLIED, 2));
        staleMetrics.mark(List.of(provider));
        awaitKnown(provider, 15);
        JsonNode present = metricsOf(provider);

        metricsApi.mood = Mood.BROKEN;
        JsonNode lastKnown = metricsOf(provider);

        assertThat(present.path("stale").asBoolean()).isFalse();
        assertThat(lastKnown.path("stale").asBoolean()).isTrue();
        for (String same : new String[] {
            "typicalResponseTime",
            "averageResponseTime",
            "excused",
            "responseRate",
            "basis",
            "period",
            "lastUpdated",
            "help"
        }) {
            assertThat(lastKnown.path(same)).as(same).isEqualTo(present.path(same));
        }
        assertThat(Instant.parse(lastKnown.path("asOf").asString())).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void tooLittleDataIsAnAnswerThatIsRememberedToo() {
        UUID provider = api.newUser("PROVIDER");
        awaitKnown(provider, 0);

        metricsApi.mood = Mood.BROKEN;

        assertThat(metricsOf(provider).path("displayText").asString()).isEqualTo("No response data available");
    }

    @Test
    void whileTheCircuitIsOpenProfilesDoNotAskTheMetricsApi() {
        UUID provider = api.newUser("PROVIDER");
        metricsApi.mood = Mood.BROKEN;
        for (int i = 0; i < 10; i++) {
            metricsOf(provider);
        }
        metricsApi.mood = Mood.LATE;
        metricsApi.requests.clear();

        for (int i = 0; i < 20; i++) {
            metricsOf(provider);
        }

        assertThat(metricsApi.requests)
                .filteredOn(request -> request.contains("/providers/"))
                .hasSizeLessThan(20);
    }

    private UUID assertUnavailableWithoutAnEarlierAnswer() {
        UUID provider = api.newUser("PROVIDER");

        assertThat(metricsOf(provider).path("displayText").asString())
                .isEqualTo("Response data temporarily unavailable");
        return provider;
    }

    private void awaitKnown(UUID provider, int sampleSize) {
        await().untilAsserted(() -> assertThat(profiles.find(provider).map(Profile::lastKnown))
                .get()
                .extracting(MetricsSummary::sampleSize)
                .isEqualTo(sampleSize));
    }

    private JsonNode metricsOf(UUID provider) {
        return api.json(200, api.get(Api.user(provider), "/api/v1/providers/{id}/profile", provider))
                .path("responseMetrics");
    }
}
