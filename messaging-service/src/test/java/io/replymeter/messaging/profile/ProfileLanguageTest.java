package io.replymeter.messaging.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.profile.StandInMetricsApi.Mood;
import io.replymeter.messaging.profile.StandInMetricsApi.Numbers;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@ProfileApiTest
class ProfileLanguageTest {

    private static final Instant APPLIED = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final String PROFILE = "/api/v1/providers/{id}/profile";

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
        metricsApi.know(provider, new Numbers(15, 12, "9000.5", APPLIED));
        await().until(() -> metrics.of(provider).isPresent());
    }

    @Test
    void aProfileIsInTheReadersLanguageAndSaysSo() {
        MvcTestResult german = profile("de-AT, en;q=0.5", null);

        JsonNode metrics = api.json(200, german).path("responseMetrics");
        assertThat(metrics.path("averageResponseTime").asString()).isEqualTo("2 Stunden 30 Minuten");
        assertThat(metrics.path("basis").asString()).isEqualTo("Grundlage: 15 Anfragen in den letzten 30 Tagen");
        assertThat(metrics.at("/labels/responseRate").asString()).isEqualTo("Antwortquote");
        assertThat(german.getResponse().getHeader(HttpHeaders.CONTENT_LANGUAGE)).isEqualTo("de");
        assertThat(german.getResponse().getHeaders(HttpHeaders.VARY)).contains(HttpHeaders.ACCEPT_LANGUAGE);
    }

    @Test
    void withoutAKnownLanguageItIsEnglish() {
        for (String language : new String[] {null, "nl", ";;q", "*"}) {
            MvcTestResult profile = profile(language, null);
            assertThat(api.json(200, profile)
                            .at("/responseMetrics/averageResponseTime")
                            .asString())
                    .isEqualTo("2 hours 30 minutes");
            assertThat(profile.getResponse().getHeader(HttpHeaders.CONTENT_LANGUAGE))
                    .isEqualTo("en");
        }
    }

    @Test
    void problemsStayEnglish() {
        MvcTestResult nobody = api.http()
                .get()
                .uri(PROFILE, UUID.randomUUID())
                .header(HttpHeaders.ACCEPT_LANGUAGE, "de")
                .with(Api.user(client))
                .exchange();

        JsonNode problem = api.problem(404, "profile-not-found", nobody);
        assertThat(problem.path("title").asString()).isEqualTo("There is no such profile");
        assertThat(nobody.getResponse().getHeader(HttpHeaders.CONTENT_LANGUAGE)).isNull();
    }

    @Test
    void whoHasTheAnswerAlreadyIsToldSo() {
        String tag = tag(profile("en", null));

        MvcTestResult same = profile("en", tag);
        assertThat(same).hasStatus(304);
        assertThat(same.getResponse().getContentAsByteArray()).isEmpty();
        assertThat(tag(same)).isEqualTo(tag);
        assertThat(profile("fr", tag)).hasStatusOk();
    }

    @Test
    void laterMessagesOfOthersChangeNoTagButNewNumbersDo() {
        String tag = tag(profile("en", null));

        metricsApi.know(provider, new Numbers(15, 12, "9000.5", APPLIED.plusSeconds(60)));
        assertThat(profile("en", tag)).hasStatus(304);

        metricsApi.know(provider, new Numbers(16, 13, "9000.5", APPLIED.plusSeconds(60)));
        assertThat(profile("en", tag)).hasStatusOk();
    }

    @Test
    void numbersThatBecomeStaleAreNewsOnce() {
        String tag = tag(profile("en", null));
        await().until(() -> profiles.find(provider).orElseThrow().lastKnown() != null);

        metricsApi.mood = Mood.BROKEN;

        MvcTestResult stale = profile("en", tag);
        assertThat(api.json(200, stale).at("/responseMetrics/stale").asBoolean())
                .isTrue();
        assertThat(profile("en", tag(stale))).hasStatus(304);
    }

    @Test
    void onesOwnMetricsAreInOnesLanguageAndHaveATag() {
        MvcTestResult own = own("es", null);

        assertThat(api.json(200, own).at("/responseMetrics/averageResponseTime").asString())
                .isEqualTo("2 horas y 30 minutos");
        assertThat(own.getResponse().getHeader(HttpHeaders.CONTENT_LANGUAGE)).isEqualTo("es");
        assertThat(own("es", tag(own))).hasStatus(304);
    }

    private MvcTestResult own(String language, @Nullable String tag) {
        return get("/api/v1/me/response-metrics", provider, language, tag);
    }

    private MvcTestResult profile(@Nullable String language, @Nullable String tag) {
        return get("/api/v1/providers/" + provider + "/profile", client, language, tag);
    }

    private MvcTestResult get(String path, UUID who, @Nullable String language, @Nullable String tag) {
        var request = api.http().get().uri(path).with(Api.user(who));
        if (language != null) {
            request.header(HttpHeaders.ACCEPT_LANGUAGE, language);
        }
        if (tag != null) {
            request.header(HttpHeaders.IF_NONE_MATCH, tag);
        }
        return request.exchange();
    }

    private static String tag(MvcTestResult result) {
        return Objects.requireNonNull(result.getResponse().getHeader(HttpHeaders.ETAG));
    }
}
