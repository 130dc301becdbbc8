package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a service over HTTP. Without a token (null) the request has no Authorization header. */
final class Api {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;

    Api(String url) {
        this.url = url;
    }

    /** The answer to a request. An empty body is a missing node. */
    record Answer(int status, JsonNode body) {

        JsonNode expect(int expected) {
            assertThat(status).as("status of answer %s", body).isEqualTo(expected);
            return body;
        }

        /** A problem document says what to do next. */
        JsonNode expectProblem(int expected) {
            expect(expected);
            assertThat(body.path("type").asString("")).startsWith("urn:replymeter:problem:");
            assertThat(body.path("status").asInt()).isEqualTo(expected);
            assertThat(body.path("title").asString("")).isNotBlank();
            assertThat(body.path("detail").asString("")).isNotBlank();
            return body;
        }
    }

    Answer get(String path, @Nullable String token) {
        return exchange(request(path, token).GET());
    }

    Answer post(String path, @Nullable String token, Object body) {
        return exchange(withJson(request(path, token), "POST", body));
    }

    /** A second request with the same key does nothing. */
    Answer postOnce(String path, @Nullable String token, String key, Object body) {
        return exchange(withJson(request(path, token).header("Idempotency-Key", key), "POST", body));
    }

    /** As a caller does who traces the request. */
    Answer postTraced(String path, @Nullable String token, String traceparent, Object body) {
        return exchange(withJson(request(path, token).header("traceparent", traceparent), "POST", body));
    }

    Answer getTraced(String path, @Nullable String token, String traceparent) {
        return exchange(request(path, token).header("traceparent", traceparent).GET());
    }

    Answer patch(String path, @Nullable String token, Object body) {
        return exchange(withJson(request(path, token), "PATCH", body));
    }

    Answer delete(String path, @Nullable String token) {
        return exchange(request(path, token).DELETE());
    }

    Answer postCsv(String path, @Nullable String token, String csv) {
        return exchange(request(path, token).header("Content-Type", "text/csv").POST(BodyPublishers.ofString(csv)));
    }

    private static HttpRequest.Builder withJson(HttpRequest.Builder request, String method, Object body) {
        return request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(5));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
