package io.replymeter.messaging.web;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@MessagingTest
class SecurityTest {

    @Autowired
    Api api;

    @Test
    void withoutATokenTheAnswerSaysHowToSendOne() {
        var answer = api.http().get().uri("/api/v1/conversations").exchange();

        api.problem(401, "no-valid-token", answer);
        assertThat(answer.getResponse().getHeader("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void aTokenNobodySignedIsRefused() {
        var answer = api.http()
                .get()
                .uri("/api/v1/conversations")
                .header("Authorization", "Bearer a.b.c")
                .exchange();

        api.problem(401, "no-valid-token", answer);
    }

    @Test
    void whatIsNotAllowedIsDenied() {
        api.problem(403, "not-allowed", api.get(Api.admin(), "/anything"));
        api.problem(403, "not-allowed", api.get(Api.admin(), "/actuator/prometheus"));
    }

    @Test
    void anUnknownPathOfTheApiIsAProblemToo() {
        api.problem(404, "invalid-request", api.get(Api.admin(), "/api/v1/nothing"));
    }

    @Test
    void healthAndDescriptionNeedNoToken() {
        assertThat(api.http().get().uri("/actuator/health").exchange()).hasStatusOk();
        assertThat(api.http().get().uri("/actuator/health/readiness").exchange())
                .hasStatusOk();
        assertThat(api.http().get().uri("/actuator/health/liveness").exchange()).hasStatusOk();
        assertThat(api.http().get().uri("/v3/api-docs").exchange())
                .hasStatusOk()
                .bodyText()
                .contains("/api/v1/users");
    }

    /** The operator's guide lists the service's own meters. */
    @Test
    void operatorsReadEveryDocumentedMeterAndNoOther() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "operate.md"));
        String table = guide.substring(guide.indexOf("| meters of messaging-service"));
        var answer = api.get(Api.service("metrics:ops"), "/actuator/prometheus");

        assertThat(answer).hasStatusOk();
        assertThat(found("# TYPE (replymeter_[a-z_]+) ", answer.getResponse().getContentAsString()))
                .isEqualTo(found("`(replymeter_[a-z_]+)`", table.substring(0, table.indexOf("\n\n"))));
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(toSet());
    }
}
