package io.replymeter.messaging.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@MessagingTest
@TestPropertySource(properties = "replymeter.web.enabled=true")
class WebApplicationTest {

    @TempDir
    static Path folder = Path.of("");

    @Autowired
    Api api;

    @DynamicPropertySource
    static void demo(DynamicPropertyRegistry properties) {
        properties.add("replymeter.web.demo-people", () -> people().toString());
    }

    private static Path people() {
        return folder.resolve("demo-people.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/app/index.html", "/app/app.js", "/app/app.css", "/assets/response-metrics.js"})
    void filesAreForEverybodyAndRunNothingThatIsWrittenIntoThem(String path) {
        MvcTestResult file = get(path);

        assertThat(file).hasStatusOk();
        assertThat(file.getResponse().getHeader("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                .doesNotContain("unsafe");
        assertThat(file.getResponse().getHeader("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(file.getResponse().getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void whatIsNoFileOfThePagesIsNotServed() {
        assertThat(get("/app/missing.js")).hasStatus(404);
        assertThat(get("/app/../application.yaml")).hasStatus4xxClientError();
        assertThat(get("/app/..%2fapplication.yaml")).hasStatus4xxClientError();
        assertThat(get("/application.yaml")).hasStatus(401);
        assertThat(api.http().method(HttpMethod.POST).uri("/").exchange()).hasStatus4xxClientError();
    }

    @Test
    void theBadgeMayBeLoadedByPagesOfOtherOrigins() {
        MvcTestResult module = api.http()
                .get()
                .uri("/assets/response-metrics.js")
                .header(HttpHeaders.ORIGIN, "https://marketplace.example")
                .exchange();

        assertThat(module).hasStatusOk();
        assertThat(module.getResponse().getHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN))
                .isEqualTo("*");
    }

    @Test
    void theWordsOfThePagesAreInTheReadersLanguage() {
        MvcTestResult arabic = api.http()
                .get()
                .uri("/words")
                .header(HttpHeaders.ACCEPT_LANGUAGE, "ar")
                .exchange();

        JsonNode words = api.json(200, arabic);
        assertThat(words.path("direction").asString()).isEqualTo("rtl");
        assertThat(words.at("/texts/send").asString()).isEqualTo("إرسال");
        assertThat(words.path("languages")).hasSize(5);
        assertThat(arabic.getResponse().getHeader(HttpHeaders.CONTENT_LANGUAGE)).isEqualTo("ar");
    }

    @Test
    void onlyTheHolderOfTheScopeMayBecomeAnybodyOfTheDemo() throws IOException {
        Files.deleteIfExists(people());
        api.problem(404, "no-demo", api.get(Api.service("demo"), "/api/v1/demo/people"));

        Files.writeString(people(), "{\"people\":[{\"name\":\"Bo\"}]}");

        assertThat(api.json(200, api.get(Api.service("demo"), "/api/v1/demo/people"))
                        .at("/people/0/name")
                        .asString())
                .isEqualTo("Bo");
        api.problem(403, "not-allowed", api.get(Api.user(UUID.randomUUID()), "/api/v1/demo/people"));
        api.problem(403, "not-allowed", api.get(Api.admin(), "/api/v1/demo/people"));
        assertThat(get("/api/v1/demo/people")).hasStatus(401);
    }

    private MvcTestResult get(String path) {
        return api.http().get().uri(java.net.URI.create(path)).exchange();
    }
}
