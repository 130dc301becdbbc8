package io.replymeter.local.api;

import io.replymeter.local.stack.CannotContinue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a service over HTTP. Every failure is a {@link CannotContinue} that says what to do. */
final class ServiceClient {

    static final JsonMapper JSON = new JsonMapper();

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LONGEST_PAUSE_SECONDS = 30;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String name;
    private final String url;

    ServiceClient(String name, String url) {
        this.name = name;
        this.url = url;
    }

    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    /** Sends the request and returns the body of the answer. */
    JsonNode json(HttpRequest.Builder request) {
        return JSON.readTree(accepted(send(request)));
    }

    /**
     * Sends the request, again for as long as the service asks to try again later, but not for more than 5 minutes.
     *
     * @throws ServiceAway when the service does not answer
     */
    HttpResponse<String> send(HttpRequest.Builder request) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            while (response.headers().firstValue("Retry-After").isPresent() && System.nanoTime() < deadline) {
                TimeUnit.SECONDS.sleep(pauseSeconds(response));
                response = http.send(request.build(), BodyHandlers.ofString());
            }
            return response;
        } catch (IOException e) {
            throw new ServiceAway(
                    "No answer from " + name + " at " + url
                            + ": start the stack with `up`, or name its folder with --data DIR.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotContinue("Interrupted while waiting for " + name + ".", e);
        }
    }

    /** As long as the service asks for, and 30 seconds at most; also where a proxy before it names a date. */
    private static long pauseSeconds(HttpResponse<String> response) {
        String wanted = response.headers().firstValue("Retry-After").orElse("");
        return wanted.matches("[0-9]{1,9}")
                ? Math.min(LONGEST_PAUSE_SECONDS, Long.parseLong(wanted))
                : LONGEST_PAUSE_SECONDS;
    }

    String accepted(HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw refused(response);
        }
        return response.body();
    }

    private CannotContinue refused(HttpResponse<String> response) {
        if (response.statusCode() == 401) {
            return new CannotContinue(name + " at " + url
                    + " does not accept our key: it runs on another data folder; name that with --data DIR.");
        }
        return new CannotContinue(name + " refused " + response.request().method() + " "
                + response.request().uri().getPath() + " (" + response.statusCode() + "): " + reason(response));
    }

    /** The service's own words on why it refused a request. */
    static String reason(HttpResponse<String> response) {
        try {
            return JSON.readValue(response.body(), Problem.class).text();
        } catch (JacksonException e) {
            return "its log says why.";
        }
    }

    /** A problem document (RFC 9457). */
    private record Problem(@Nullable String title, @Nullable String detail) {

        String text() {
            String what = title == null ? "no reason given" : title;
            return detail == null || detail.isBlank() ? what : what + ": " + detail;
        }
    }
}
