package io.replymeter.local.api;

import io.replymeter.local.stack.CannotContinue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** messaging-service, as an administrator or a user calls it. Every failure is a {@link CannotContinue}. */
public final class MessagingApi {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper json = new JsonMapper();
    private final String url;
    private final String adminToken;

    /** @param adminToken a bearer token with scope {@code admin} */
    public MessagingApi(String url, String adminToken) {
        this.url = url;
        this.adminToken = adminToken;
    }

    /** Creates a user; the same one again changes nothing. */
    public void create(NewUser user) {
        accepted(send(request("/api/v1/users", adminToken)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(user)))
                .build()));
    }

    /**
     * Imports rows of a message log.
     *
     * @param csv the header line and the rows
     * @param firstLine the line number of the first row in its file
     * @throws RowsUnreadable when the service could not even tell the rows apart
     */
    public ImportResult importRows(String csv, long firstLine) throws RowsUnreadable {
        HttpResponse<String> response = send(request("/api/v1/imports?firstLine=" + firstLine, adminToken)
                .header("Content-Type", "text/csv; charset=utf-8")
                .POST(BodyPublishers.ofString(csv))
                .build());
        if (response.statusCode() == 400) {
            throw new RowsUnreadable(reason(response.body()));
        }
        return json.readValue(accepted(response), ImportResult.class);
    }

    /**
     * Sends a message as the user whose token it is.
     *
     * @param idempotencyKey the same key again sends nothing
     */
    public void send(NewMessage message, String userToken, String idempotencyKey) {
        HttpRequest request = request("/api/v1/messages", userToken)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(json.writeValueAsString(message)))
                .build();
        accepted(send(request));
    }

    /** A JSON document of messaging-service. */
    public JsonNode get(String path, String token) {
        return json.readTree(accepted(send(request(path, token).GET().build())));
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CannotContinue(
                    "No answer from messaging-service at " + url
                            + ": start the stack with `up`, or name its folder with --data DIR.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotContinue("Interrupted while waiting for messaging-service.", e);
        }
    }

    private String accepted(HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw refused(response);
        }
        return response.body();
    }

    private CannotContinue refused(HttpResponse<String> response) {
        if (response.statusCode() == 401) {
            return new CannotContinue("messaging-service at " + url
                    + " does not know our key: it runs on another data folder; name it with --data DIR.");
        }
        return new CannotContinue("messaging-service refused "
                + response.request().method() + " " + response.request().uri().getPath() + " (" + response.statusCode()
                + "): " + reason(response.body()));
    }

    private String reason(String body) {
        try {
            return json.readValue(body, Problem.class).inWords();
        } catch (JacksonException e) {
            return "its log says why.";
        }
    }
}
