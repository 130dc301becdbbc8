package io.replymeter.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.messaging.outbox.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@MessagingTest
class ConversationsTest {

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Value("${replymeter.events.topic}")
    String topic;

    UUID client;
    UUID provider;

    @BeforeEach
    void twoUsers() {
        client = api.newUser("CLIENT");
        provider = api.newUser("PROVIDER");
    }

    @Test
    void messagesAreReadNewestFirstPageByPageWithoutGapsOrRepeats() {
        UUID conversation = send(client, provider, "1");
        IntStream.rangeClosed(2, 7).forEach(i -> send(client, provider, "" + i));

        List<String> read = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = api.json(200, messages(provider, conversation, "?limit=3" + cursor));
            page.path("messages")
                    .forEach(message -> read.add(message.path("body").asString()));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asString();
            pages++;
        } while (!cursor.isEmpty());

        assertThat(read).containsExactly("7", "6", "5", "4", "3", "2", "1");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void conversationsAreListedByTheirNewestMessageWithTheOtherUser() {
        UUID busy = send(client, provider, "Hello");
        List<UUID> others = IntStream.range(0, 4)
                .mapToObj(i -> send(api.newUser("PROVIDER"), client, "Hello"))
                .toList();
        send(provider, client, "Hello to you");

        JsonNode first = api.json(200, api.get(Api.user(client), "/api/v1/conversations?limit=3"));
        JsonNode second = api.json(
                200,
                api.get(
                        Api.user(client),
                        "/api/v1/conversations?limit=3&cursor="
                                + first.path("nextCursor").asString()));

        assertThat(ids(first)).containsExactly(busy, others.get(3), others.get(2));
        assertThat(ids(second)).containsExactly(others.get(1), others.get(0));
        assertThat(second.path("nextCursor").isNull()).isTrue();
        JsonNode with = first.path("conversations").path(0).path("with");
        assertThat(with.path("userId").asString()).isEqualTo(provider.toString());
        assertThat(with.path("role").asString()).isEqualTo("PROVIDER");
        assertThat(with.path("displayName").asString()).isEqualTo("Somebody");
    }

    @Test
    void aCursorThatIsNotOursIsRefused() {
        UUID conversation = send(client, provider, "1");
        send(client, provider, "2");
        UUID other = send(client, api.newUser("PROVIDER"), "1");
        String ours = api.json(200, messages(client, conversation, "?limit=1"))
                .path("nextCursor")
                .asString();

        for (String cursor : List.of("x", "AAAA", "%20", ours + "A", "_" + ours.substring(1))) {
            api.problem(400, "invalid-request", messages(client, conversation, "?cursor=" + cursor));
        }
        api.problem(400, "invalid-request", messages(client, other, "?cursor=" + ours));
        api.problem(400, "invalid-request", api.get(Api.user(client), "/api/v1/conversations?cursor=" + ours));
        api.problem(400, "invalid-request", messages(client, conversation, "?limit=0"));
        api.problem(400, "invalid-request", messages(client, conversation, "?limit=101"));
        api.problem(400, "invalid-request", messages(client, conversation, "?limit=many"));
    }

    @Test
    void nobodyElseReadsAConversation() {
        UUID conversation = send(client, provider, "Hello");

        api.problem(404, "conversation-not-found", messages(api.newUser("CLIENT"), conversation, ""));
        api.problem(404, "conversation-not-found", messages(client, UUID.randomUUID(), ""));
        api.problem(403, "not-a-user", api.get(Api.admin(), "/api/v1/conversations"));
    }

    @Test
    void itsClientDeletesAConversationForEverybodyAndForGood() {
        UUID conversation = send(client, provider, "Hello");

        assertThat(delete(client, conversation)).hasStatus(204);
        assertThat(delete(client, conversation)).hasStatus(204);

        api.problem(404, "conversation-not-found", messages(client, conversation, ""));
        api.problem(404, "conversation-not-found", messages(provider, conversation, ""));
        assertThat(ids(api.json(200, api.get(Api.user(provider), "/api/v1/conversations"))))
                .isEmpty();
        assertThat(database.sql("SELECT count(body) FROM messages WHERE conversation_id = ?")
                        .param(conversation)
                        .query(Long.class)
                        .single())
                .isZero();
        try (TopicReader reader = new TopicReader(topic)) {
            List<Event> events = reader.of(conversation, 2);
            assertThat(events).hasSize(2);
            assertThat(events.get(1)).isInstanceOf(ConversationDeleted.class);
        }
    }

    @Test
    void afterADeletionTheNextMessageBeginsANewConversation() {
        UUID deleted = send(client, provider, "Hello");
        delete(client, deleted);

        assertThat(send(provider, client, "Hello to you")).isNotEqualTo(deleted);
    }

    @Test
    void anAdminDeletesAnyConversation() {
        UUID conversation = send(client, provider, "Hello");

        assertThat(api.delete(Api.admin(), "/api/v1/conversations/{id}", conversation))
                .hasStatus(204);

        api.problem(404, "conversation-not-found", messages(client, conversation, ""));
    }

    @Test
    void aProviderHidesAConversationFromTheirOwnViewOnly() {
        UUID conversation = send(client, provider, "Hello");

        assertThat(delete(provider, conversation)).hasStatus(204);

        api.problem(404, "conversation-not-found", messages(provider, conversation, ""));
        assertThat(ids(api.json(200, api.get(Api.user(provider), "/api/v1/conversations"))))
                .isEmpty();
        assertThat(api.json(200, messages(client, conversation, "")).path("messages"))
                .hasSize(1);
    }

    @Test
    void aHiddenConversationComesBackWithTheNextMessageOnly() {
        UUID conversation = send(client, provider, "Hello");
        delete(provider, conversation);

        assertThat(send(client, provider, "Are you there?")).isEqualTo(conversation);

        assertThat(api.json(200, messages(provider, conversation, "")).path("messages"))
                .hasSize(1);
        assertThat(api.json(200, messages(client, conversation, "")).path("messages"))
                .hasSize(2);
    }

    @Test
    void strangersCannotDeleteAConversation() {
        UUID conversation = send(client, provider, "Hello");

        api.problem(404, "conversation-not-found", delete(api.newUser("CLIENT"), conversation));
        api.problem(404, "conversation-not-found", delete(client, UUID.randomUUID()));
    }

    private UUID send(UUID sender, UUID recipient, String body) {
        JsonNode sent = api.json(
                201,
                api.post(
                        Api.user(sender),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + recipient + "\",\"body\":\"" + body + "\"}"));
        return UUID.fromString(sent.path("conversationId").asString());
    }

    private MvcTestResult messages(UUID user, UUID conversation, String query) {
        return api.get(Api.user(user), "/api/v1/conversations/{id}/messages" + query, conversation);
    }

    private MvcTestResult delete(UUID user, UUID conversation) {
        return api.delete(Api.user(user), "/api/v1/conversations/{id}", conversation);
    }

    private static List<UUID> ids(JsonNode page) {
        return StreamSupport.stream(page.path("conversations").spliterator(), false)
                .map(entry -> UUID.fromString(entry.path("conversationId").asString()))
                .toList();
    }
}
