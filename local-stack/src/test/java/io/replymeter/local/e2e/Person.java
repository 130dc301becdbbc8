package io.replymeter.local.e2e;

import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A client or provider who acts over HTTP. */
record Person(UUID id, String role) {

    static Person client() {
        return create("CLIENT", "A client");
    }

    static Person provider() {
        return create("PROVIDER", "A provider");
    }

    private static Person create(String role, String name) {
        Person person = new Person(UUID.randomUUID(), role);
        Map<String, Object> user = Map.of("id", person.id, "role", role, "displayName", name);
        EndToEnd.messaging().post("/api/v1/users", EndToEnd.adminToken(), user).expect(201);
        return person;
    }

    String token() {
        return EndToEnd.token(id.toString());
    }

    /** Sends a message and returns it as it was accepted. */
    JsonNode writesTo(Person recipient) {
        return writesTo(recipient, "HUMAN");
    }

    JsonNode writesTo(Person recipient, String kind) {
        Map<String, Object> message = Map.of("recipientId", recipient.id, "body", "What they say.", "kind", kind);
        return EndToEnd.messaging().post("/api/v1/messages", token(), message).expect(201);
    }

    Api.Answer deletesMessage(JsonNode message) {
        return EndToEnd.messaging()
                .delete("/api/v1/messages/" + message.path("messageId").asString(), token());
    }

    Api.Answer deletesConversationOf(JsonNode message) {
        return EndToEnd.messaging()
                .delete(
                        "/api/v1/conversations/"
                                + message.path("conversationId").asString(),
                        token());
    }

    /** The response metrics on the profile of {@code provider}. */
    JsonNode seesMetricsOf(Person provider) {
        return EndToEnd.messaging()
                .get("/api/v1/providers/" + provider.id + "/profile", token())
                .expect(200)
                .path("responseMetrics");
    }

    /** The numbers of this provider, as services read them. */
    JsonNode numbers() {
        return EndToEnd.metrics()
                .get("/api/v1/providers/" + id + "/response-metrics", EndToEnd.serviceToken())
                .expect(200);
    }

    /** The inquiries behind the numbers of this provider, newest first. */
    JsonNode inquiries() {
        return EndToEnd.metrics()
                .get("/api/v1/providers/" + id + "/inquiries", EndToEnd.serviceToken())
                .expect(200)
                .path("inquiries");
    }
}
