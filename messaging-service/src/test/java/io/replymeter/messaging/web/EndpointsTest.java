package io.replymeter.messaging.web;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.web.EndpointsContract;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import tools.jackson.databind.JsonNode;

@MessagingTest
class EndpointsTest extends EndpointsContract {

    /** Roles are looked at after the body. */
    private static final Map<String, String> BODIES = Map.of(
            "/api/v1/messages", "{\"recipientId\":\"00000000-0000-4000-8000-000000000000\",\"body\":\"Hello\"}",
            "/api/v1/conversations/{id}/actions", "{\"type\":\"ACCEPTED\"}",
            "/api/v1/conversations/{id}/notes", "{\"body\":\"A note\"}",
            "/api/v1/messages/{id}/no-reply-needed", "{\"reason\":\"OTHER\"}",
            "/api/v1/me/availability", "{\"timeZone\":\"UTC\",\"weeklyHours\":[],\"absences\":[]}");

    @Autowired
    Api api;

    @Override
    protected String heading() {
        return "Who may call messaging-service";
    }

    @Override
    protected MvcTestResult call(HttpMethod method, String path, Who caller) {
        UUID client = api.newUser("CLIENT");
        UUID provider = api.newUser("PROVIDER");
        JsonNode question = api.json(
                201,
                api.post(
                        Api.user(client),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + provider + "\",\"body\":\"Hello\"}"));
        String uri = path.replace("/**", "/liveness")
                .replace(
                        "conversations/{id}",
                        "conversations/" + question.path("conversationId").asString())
                .replace(
                        "messages/{id}",
                        "messages/" + question.path("messageId").asString())
                .replace("users/{id}", "users/" + (caller == Who.PROVIDER ? provider : client))
                .replace("clients/{id}", "clients/" + client)
                .replace("{clientId}", client.toString())
                .replace("{id}", provider.toString())
                .replaceAll("\\{[^/]*}", UUID.randomUUID().toString());
        MockMvcRequestBuilder request = api.http().method(method).uri(uri);
        if (method != HttpMethod.GET) {
            request.contentType(MediaType.APPLICATION_JSON).content(BODIES.getOrDefault(path, "{}"));
        }
        return caller == Who.NOBODY
                ? request.exchange()
                : request.with(token(caller, client, provider)).exchange();
    }

    private static RequestPostProcessor token(Who caller, UUID client, UUID provider) {
        return switch (caller) {
            case CLIENT -> Api.user(client);
            case PROVIDER -> Api.user(provider);
            case METRICS -> Api.service("metrics:read");
            case OPERATOR -> Api.service("metrics:ops");
            case STRANGER -> Api.user(UUID.randomUUID());
            default -> Api.admin();
        };
    }
}
