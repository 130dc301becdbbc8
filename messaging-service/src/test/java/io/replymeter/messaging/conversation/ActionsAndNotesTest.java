package io.replymeter.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.messaging.outbox.TopicReader;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@MessagingTest
class ActionsAndNotesTest {

    private static final String ACCEPT = "{\"type\":\"ACCEPTED\"}";
    private static final String NOTE = "{\"body\":\"A difficult one\"}";

    @Autowired
    Api api;

    @Value("${replymeter.events.topic}")
    String topic;

    UUID client;
    UUID provider;
    UUID conversation;

    @BeforeEach
    void aQuestion() {
        client = api.newUser("CLIENT");
        provider = api.newUser("PROVIDER");
        conversation = id(send(client, provider, "Are you free on Monday?"), "conversationId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCEPTED", "DECLINED", "QUOTED", "CALLED"})
    void whatAProviderDidIsInTheConversationForBoth(String type) {
        JsonNode done = api.json(201, post(provider, "actions", "{\"type\":\"" + type + "\"}"));

        assertThat(done.path("kind").asString()).isEqualTo("ACTION");
        assertThat(done.path("action").asString()).isEqualTo(type);
        assertThat(id(done, "senderId")).isEqualTo(provider);
        assertThat(id(done, "recipientId")).isEqualTo(client);
        assertThat(done.path("sequence").asLong()).isEqualTo(2);
        for (UUID side : List.of(client, provider)) {
            assertThat(messages(side).path(0)).isEqualTo(done);
        }
    }

    @Test
    void anActionIsPublishedAsOne() {
        JsonNode done = api.json(201, post(provider, "actions", ACCEPT));

        assertThat(events(2).get(1)).isEqualTo(created(done, MessageKind.ACTION, 2L));
    }

    @Test
    void aDeletedActionNoLongerSaysWhatWasDone() {
        UUID done = id(api.json(201, post(provider, "actions", ACCEPT)), "messageId");

        assertThat(api.delete(Api.user(provider), "/api/v1/messages/{id}", done))
                .hasStatus(204);

        assertThat(messages(client).path(0).has("action")).isFalse();
        assertThat(messages(client).path(0).path("kind").asString()).isEqualTo("ACTION");
    }

    @Test
    void aNoteIsThereForItsProvider() {
        JsonNode note = api.json(201, post(provider, "notes", NOTE));

        assertThat(messages(provider)).hasSize(2);
        assertThat(messages(provider).path(0)).isEqualTo(note);
        assertThat(note.path("kind").asString()).isEqualTo("NOTE");
        assertThat(note.path("body").asString()).isEqualTo("A difficult one");
    }

    @Test
    void aNoteChangesNothingThatItsClientSees() {
        send(client, provider, "Or on Tuesday?");
        String list = api.text(api.get(Api.user(client), "/api/v1/conversations"));
        String messages = api.text(api.get(Api.user(client), "/api/v1/conversations/{id}/messages", conversation));

        post(provider, "notes", NOTE);
        post(provider, "notes", NOTE);

        assertThat(api.text(api.get(Api.user(client), "/api/v1/conversations"))).isEqualTo(list);
        assertThat(api.text(api.get(Api.user(client), "/api/v1/conversations/{id}/messages", conversation)))
                .isEqualTo(messages);
        assertThat(send(client, provider, "Hello?").path("sequence").asLong()).isEqualTo(3);
    }

    @Test
    void notesDoNotShortenAClientsPage() {
        for (int i = 0; i < 3; i++) {
            post(provider, "notes", NOTE);
        }

        JsonNode page =
                api.json(200, api.get(Api.user(client), "/api/v1/conversations/{id}/messages?limit=1", conversation));

        assertThat(page.path("messages")).hasSize(1);
        assertThat(page.path("messages").path(0).path("kind").asString()).isEqualTo("HUMAN");
    }

    @Test
    void aNoteIsToItsClientAsIfThereWereNone() {
        UUID note = id(api.json(201, post(provider, "notes", NOTE)), "messageId");

        assertThat(api.text(api.delete(Api.user(client), "/api/v1/messages/{id}", note)))
                .isEqualTo(api.text(api.delete(Api.user(client), "/api/v1/messages/{id}", UUID.randomUUID()))
                        .replaceAll("/messages/[-0-9a-f]{36}", "/messages/" + note));
        assertThat(messages(provider)).hasSize(2);
        assertThat(api.delete(Api.user(provider), "/api/v1/messages/{id}", note))
                .hasStatus(204);
    }

    @Test
    void aNoteIsPublishedAsOneWithoutANumber() {
        JsonNode note = api.json(201, post(provider, "notes", NOTE));

        assertThat(events(2).get(1)).isEqualTo(created(note, MessageKind.NOTE, null));
    }

    @Test
    void aClientWritesNeither() {
        api.problem(403, "only-for-providers", post(client, "actions", ACCEPT));
        api.problem(403, "only-for-providers", post(client, "notes", NOTE));
        api.problem(
                400,
                "invalid-request",
                api.post(
                        Api.user(client),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + provider + "\",\"body\":\"x\",\"kind\":\"NOTE\"}"));
        assertThat(messages(provider)).hasSize(1);
    }

    @Test
    void toStrangersAndOnceItIsDeletedThereIsNoConversation() {
        for (String what : List.of("actions", "notes")) {
            String body = what.equals("notes") ? NOTE : ACCEPT;
            for (UUID stranger : List.of(api.newUser("CLIENT"), api.newUser("PROVIDER"))) {
                assertThat(api.text(post(stranger, what, body))).isEqualTo(textOfNone(stranger, what, body));
            }
        }
        api.delete(Api.user(client), "/api/v1/conversations/{id}", conversation);
        api.problem(404, "conversation-not-found", post(provider, "actions", ACCEPT));
        api.problem(404, "conversation-not-found", post(provider, "notes", NOTE));
    }

    @Test
    void aRepeatWithTheSameKeyAddsNothing() {
        JsonNode done = api.json(201, post("actions", ACCEPT, "accept"));
        JsonNode note = api.json(201, post("notes", NOTE, "note"));

        assertThat(api.json(201, post("actions", ACCEPT, "accept"))).isEqualTo(done);
        assertThat(api.json(201, post("notes", NOTE, "note"))).isEqualTo(note);
        api.problem(422, "idempotency-key-reused", post("actions", "{\"type\":\"CALLED\"}", "accept"));
        assertThat(messages(provider)).hasSize(3);
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        api.problem(400, "invalid-request", post(provider, "actions", "{}"));
        api.problem(400, "invalid-request", post(provider, "actions", "{\"type\":\"SHRUGGED\"}"));
        api.problem(400, "invalid-request", post(provider, "notes", "{\"body\":\" \"}"));
        api.problem(400, "invalid-request", post(provider, "notes", "{\"body\":\"" + "x".repeat(10_001) + "\"}"));
    }

    private MessageCreated created(JsonNode message, MessageKind kind, @Nullable Long sequence) {
        return new MessageCreated(
                id(message, "messageId"),
                conversation,
                provider,
                Role.PROVIDER,
                client,
                Role.CLIENT,
                kind,
                Instant.parse(message.path("sentAt").asString()),
                sequence);
    }

    private List<Event> events(int count) {
        try (TopicReader reader = new TopicReader(topic)) {
            return reader.of(conversation, count);
        }
    }

    private JsonNode messages(UUID user) {
        return api.json(200, api.get(Api.user(user), "/api/v1/conversations/{id}/messages", conversation))
                .path("messages");
    }

    private JsonNode send(UUID sender, UUID recipient, String body) {
        return api.json(
                201,
                api.post(
                        Api.user(sender),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + recipient + "\",\"body\":\"" + body + "\"}"));
    }

    private MvcTestResult post(UUID user, String what, String body) {
        return api.post(Api.user(user), "/api/v1/conversations/" + conversation + "/" + what, body);
    }

    private String textOfNone(UUID user, String what, String body) {
        UUID none = UUID.randomUUID();
        MvcTestResult answer = api.post(Api.user(user), "/api/v1/conversations/" + none + "/" + what, body);
        api.problem(404, "conversation-not-found", answer);
        return api.text(answer).replace(none.toString(), conversation.toString());
    }

    private MvcTestResult post(String what, String body, String key) {
        return api.http()
                .post()
                .uri("/api/v1/conversations/{id}/" + what, conversation)
                .with(Api.user(provider))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static UUID id(JsonNode json, String field) {
        return UUID.fromString(json.path(field).asString());
    }
}
