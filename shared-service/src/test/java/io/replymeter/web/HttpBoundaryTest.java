package io.replymeter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a caller meets before any of our code: sizes, times, malformed requests. */
@SpringBootTest(
        classes = BoundaryService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:shared-service.yaml",
            "server.tomcat.threads.max=10",
            "server.tomcat.connection-timeout=15s",
            "replymeter.requests.max-body=1KB",
            "replymeter.requests.body-within=2s",
            "replymeter.requests.larger[/api/logs]=100KB"
        })
@ExtendWith(OutputCaptureExtension.class)
class HttpBoundaryTest {

    private static final String TOKEN = "Authorization: Bearer good\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CSV = "Content-Type: text/csv\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    private static final String THING = "/api/things/3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11";

    @LocalServerPort
    int port;

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeAnyOfItHasCome() {
        assertProblem(413, "body-too-large", post("/api/things", TOKEN + JSON + "Content-Length: 62914560\r\n", ""));
        assertProblem(413, "body-too-large", post("/api/logs", TOKEN + CSV + "Content-Length: 102401\r\n", ""));
    }

    @Test
    void aChunkedBodyIsRefusedAsSoonAsItIsTooLarge() {
        assertProblem(
                413,
                "body-too-large",
                post("/api/things", TOKEN + JSON + CHUNKED, chunk("{\"name\": \"" + "x".repeat(2_000))));
        assertProblem(413, "body-too-large", post("/api/logs", TOKEN + CSV + CHUNKED, chunk("x".repeat(102_401))));
    }

    @Test
    void aBodyWithinItsLimitIsTaken() {
        assertThat(post("/api/logs", TOKEN + CSV + "Content-Length: 102400\r\n", "x".repeat(102_400))
                        .body())
                .isEqualTo("102400");
        assertThat(post("/api/logs", TOKEN + CSV + CHUNKED, chunk("x".repeat(102_400)) + chunk(""))
                        .body())
                .isEqualTo("102400");
    }

    @Test
    void aBodyThatDoesNotComeIsNotWaitedForWithoutEnd() {
        assertProblem(408, "body-too-slow", post("/api/things", TOKEN + JSON + "Content-Length: 20\r\n", "{"));
    }

    @Test
    void slowConnectionsKeepNobodyOut() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                slow.add(RawHttp.open(port, "GET /ope"));
                slow.add(RawHttp.open(port, "GET /open HTTP/1.1\r\nHost: x\r\nX-Slow: "));
                slow.add(RawHttp.open(port, head("GET", "/open", "Content-Length: 1000\r\n")));
                slow.add(RawHttp.open(port, head("GET", "/open/reading", JSON + "Content-Length: 1000\r\n") + "{"));
                slow.add(RawHttp.open(port, head("GET", "/open/reading", JSON + CHUNKED) + "1\r\n{"));
                slow.add(RawHttp.open(port, head("GET", "/open", CHUNKED) + "1\r\nx"));
                slow.add(RawHttp.open(port, head("POST", "/api/things", JSON + "Content-Length: 1000\r\n") + "{"));
                slow.add(RawHttp.open(port, head("POST", "/api/things", JSON + CHUNKED) + "1\r\n{"));
                slow.add(RawHttp.open(
                        port,
                        head(
                                        "POST",
                                        "/open",
                                        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n")
                                + "a="));
                slow.add(RawHttp.open(
                        port,
                        head(
                                        "POST",
                                        "/open",
                                        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100\r\n")
                                + "--x"));
            }
            await().atMost(Duration.ofSeconds(12)).untilAsserted(() -> {
                assertThat(get("/open", "").body()).isEqualTo("open");
                assertThat(get(THING, TOKEN).status()).isEqualTo(200);
            });
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/things", "/api/nothing"})
    void aRefusalIsWholeAlsoIfNobodyReadTheBody(String path) throws IOException {
        String request = "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + TOKEN + "Content-Type: text/csv\r\n" + CHUNKED
                + "\r\n" + chunk("a,b") + chunk("");

        try (Socket socket = RawHttp.open(port, request)) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Transfer-Encoding: chunked")
                    .endsWith("\r\n0\r\n\r\n");
        }
    }

    @Test
    void nothingIsClaimedAboutTheServiceToWhoHasNoToken() {
        assertProblem(404, "invalid-request", get("/.well-known/oauth-protected-resource", ""));
        assertProblem(404, "invalid-request", get("/.well-known/oauth-protected-resource/api", TOKEN));
        assertThat(get(THING, "").head()).containsPattern("WWW-Authenticate: Bearer\r?\n");
        assertThat(get(THING, "Authorization: Bearer bad\r\n").head())
                .containsPattern("WWW-Authenticate: Bearer error=\"invalid_token\"\r?\n");
    }

    @Test
    void aConnectionGoesOnAfterARequestWhoseBodyWasReadOrThatHasNone() {
        String refused = "GET /api/things HTTP/1.1\r\nHost: x\r\n\r\n";
        String answered = "POST /api/things HTTP/1.1\r\nHost: x\r\n" + TOKEN + JSON + "Content-Length: 2\r\n\r\n{}";

        String empty = "POST /api/touches HTTP/1.1\r\nHost: x\r\n" + TOKEN + "Content-Length: 0\r\n\r\n";

        RawHttp.Answer answers = RawHttp.send(port, refused + answered + empty + head("GET", "/open", ""));

        assertThat((answers.head() + answers.body()).split("HTTP/1.1 "))
                .extracting(answer -> answer.split(" ", 2)[0])
                .containsExactly("", "401", "200", "200", "200");
    }

    @Test
    void aConnectionEndsAfterARequestWhoseBodyNobodyRead() {
        RawHttp.Answer answer =
                RawHttp.send(port, "POST /api/things HTTP/1.1\r\nHost: x\r\n" + JSON + "Content-Length: 1000\r\n\r\n{");

        assertProblem(401, "no-valid-token", answer);
    }

    @Test
    void aGoodAnswerStaysGoodWhenNobodyReadTheBody() {
        RawHttp.Answer answer = RawHttp.send(
                port, "POST /api/touches HTTP/1.1\r\nHost: x\r\n" + TOKEN + JSON + "Content-Length: 2\r\n\r\n{}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("touched");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/s3cret\u0001 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /s3cret[ HTTP/1.1\r\nHost: x\r\n\r\n",
                "G\u0001T /s3cret HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/things/%zzs3cret HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /open?s3cret=%0a%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /open?s3cret=% HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /open HTTP/1.1\r\nHost: s3cret bad host\r\n\r\n",
                "GET /open HTTP/1.1\r\ns3cret\r\n\r\n",
                "GET /open HTTP/1.1\r\nHost: x\r\nContent-Length: s3cret\r\n\r\n",
                "GET /api//s3cret HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /api/s3cret;x=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /api/s3cret%2fx HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "S3CRET /api/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            })
    void aMalformedRequestIsAProblemThatQuotesNothing(String request, CapturedOutput output) {
        RawHttp.Answer answer = RawHttp.send(port, request);

        assertProblem(400, "invalid-request", answer);
        assertThat(answer.head() + answer.body() + output).doesNotContainIgnoringCase("s3cret");
    }

    @Test
    void aRequestWithATooLongLineOrHeaderIsAProblem() {
        assertThat(get("/open?x=" + "x".repeat(20_000), "").json().path("type").asString())
                .isEqualTo("urn:replymeter:problem:invalid-request");
        assertThat(get("/open", "X-Long: " + "x".repeat(20_000) + "\r\n")
                        .json()
                        .path("type")
                        .asString())
                .isEqualTo("urn:replymeter:problem:invalid-request");
    }

    @Test
    void whatIsRefusedWithoutATokenIsAProblem() {
        assertProblem(401, "no-valid-token", get("/error", ""));
        assertProblem(401, "no-valid-token", get("/api/things/1", "X-Forwarded-Prefix: DELETE\r\n"));
        assertProblem(405, "invalid-request", RawHttp.send(port, head("TRACE", "/open", "")));
        assertProblem(401, "no-valid-token", RawHttp.send(port, head("OPTIONS", "/api/things", "")));
        assertProblem(405, "invalid-request", RawHttp.send(port, head("DELETE", "/open", "")));
    }

    @Test
    void whatMvcRefusesIsAProblemThatQuotesNothing() {
        assertProblem(403, "not-allowed", get("/error", TOKEN));
        assertProblem(404, "invalid-request", get("/api/s3cret", TOKEN));
        assertProblem(405, "invalid-request", RawHttp.send(port, head("DELETE", "/api/things", TOKEN)));
        assertProblem(406, "invalid-request", get(THING, TOKEN + "Accept: s3cret/s3cret\r\n"));
        assertProblem(406, "invalid-request", get(THING, TOKEN + "Accept: s3cret\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/yaml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/*",
                "*/*",
                "s3cret"
            })
    void aBodyThatIsNoJsonIsRefused(String type) {
        assertProblem(
                415,
                "invalid-request",
                post("/api/things", TOKEN + "Content-Type: " + type + "\r\nContent-Length: 7\r\n", "name: x"));
    }

    private RawHttp.Answer get(String path, String headers) {
        return RawHttp.send(port, head("GET", path, headers));
    }

    private RawHttp.Answer post(String path, String headers, String body) {
        return RawHttp.send(port, head("POST", path, headers) + body);
    }

    private static String head(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n";
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    private static void assertProblem(int status, String name, RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.head() + answer.body()).isEqualTo(status);
        assertThat(answer.head()).contains("Content-Type: application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:replymeter:problem:" + name);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body()).doesNotContainIgnoringCase("s3cret");
    }
}
