package io.replymeter.local.api;

import static io.replymeter.local.api.ServiceClient.JSON;

import io.replymeter.local.stack.CannotContinue;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** Calls messaging-service as an administrator or a user. Every failure is a {@link CannotContinue}. */
public final class MessagingApi {

    private final ServiceClient service;
    private final String adminToken;

    /** @param adminToken a bearer token with scope {@code admin} */
    public MessagingApi(String url, String adminToken) {
        this.service = new ServiceClient("messaging-service", url);
        this.adminToken = adminToken;
    }

    /** Creates a user. Doing so again changes nothing. */
    public void create(NewUser user) {
        service.accepted(service.send(service.request("/api/v1/users", adminToken)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(user)))));
    }

    /**
     * Imports rows of a message log.
     *
     * @param csv the header line and the rows
     * @param firstLine the line number of the first row in its file
     * @throws RowsUnreadable when the service cannot parse the rows; it has imported none of them
     */
    public ImportResult importRows(String csv, long firstLine) throws RowsUnreadable {
        HttpResponse<String> response =
                service.send(service.request("/api/v1/imports?firstLine=" + firstLine, adminToken)
                        .header("Content-Type", "text/csv; charset=utf-8")
                        .POST(BodyPublishers.ofString(csv)));
        if (response.statusCode() == 400) {
            throw new RowsUnreadable(ServiceClient.reason(response));
        }
        return JSON.readValue(service.accepted(response), ImportResult.class);
    }

    /**
     * Sends a message as the user that the token belongs to.
     *
     * @param idempotencyKey a second message with the same key is not sent
     */
    public void send(NewMessage message, String userToken, String idempotencyKey) {
        service.accepted(service.send(service.request("/api/v1/messages", userToken)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(message)))));
    }

    /** Puts a JSON document. Doing so again changes nothing. */
    public void put(String path, Object document, String token) {
        service.accepted(service.send(service.request(path, token)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(document)))));
    }

    /** Reads a JSON document. */
    public JsonNode get(String path, String token) {
        return service.json(service.request(path, token).GET());
    }
}
