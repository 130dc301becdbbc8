package io.replymeter.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.messaging.outbox.TopicReader;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** What a team's member reads and writes, and what nobody else does. */
@MessagingTest
class TeamConversationsTest {

    @Autowired
    Api api;

    @Value("${replymeter.events.topic}")
    String topic;

    UUID client;
    UUID shop;
    UUID member;
    UUID conversation;

    @BeforeEach
    void aQuestionToAShopWithAMember() {
        client = api.newUser("CLIENT");
        shop = api.newUser("PROVIDER");
        member = api.newUser("PROVIDER");
        join(member);
        conversation = id(api.json(201, send(client, shop, null)), "conversationId");
    }

    @Test
    void aMemberReadsTheShopsConversationsBesideTheirOwn() {
        UUID own = id(api.json(201, send(api.newUser("CLIENT"), member, null)), "conversationId");

        assertThat(conversations(member, "?providerId=" + shop)).containsExactly(conversation);
        assertThat(conversations(member, "")).containsExactly(own);
        assertThat(api.json(200, messages(member)).path("messages")).hasSize(1);
    }

    @Test
    void aMemberAnswersForTheShopInItsConversation() {
        JsonNode answer = api.json(201, send(member, client, shop));

        assertThat(id(answer, "conversationId")).isEqualTo(conversation);
        assertThat(id(answer, "senderId")).isEqualTo(member);
        assertThat(id(answer, "providerId")).isEqualTo(shop);
        assertThat(id(answer, "recipientId")).isEqualTo(client);
        for (UUID reader : List.of(client, shop, member)) {
            assertThat(api.json(200, messages(reader)).path("messages").path(0)).isEqualTo(answer);
        }
    }

    @Test
    void theEventNamesTheMemberAndTheShop() {
        api.json(201, send(member, client, shop));
        api.json(201, send(client, shop, null));
        api.json(201, send(shop, client, null));

        List<Event> events = events(4);
        assertThat(events.get(1)).isInstanceOfSatisfying(MessageCreated.class, answer -> {
            assertThat(answer.senderId()).isEqualTo(member);
            assertThat(answer.senderRole()).isEqualTo(Role.PROVIDER);
            assertThat(answer.recipientId()).isEqualTo(client);
            assertThat(answer.providerId()).isEqualTo(shop);
        });
        assertThat(events.get(2)).isInstanceOfSatisfying(MessageCreated.class, question -> {
            assertThat(question.recipientId()).isEqualTo(shop);
            assertThat(question.providerId()).isNull();
        });
        assertThat(events.get(3)).isInstanceOfSatisfying(MessageCreated.class, answer -> {
            assertThat(answer.senderId()).isEqualTo(shop);
            assertThat(answer.providerId()).isNull();
        });
    }

    @Test
    void aMemberActsAndLeavesNotesForTheShop() {
        JsonNode action = api.json(201, act(member));
        JsonNode note = api.json(201, note(member));

        assertThat(id(action, "providerId")).isEqualTo(shop);
        assertThat(api.json(200, messages(shop)).path("messages").path(0)).isEqualTo(note);
        assertThat(api.json(200, messages(client)).path("messages")).hasSize(2);
        assertThat(events(3))
                .extracting(event -> ((MessageCreated) event).kind())
                .containsExactly(MessageKind.HUMAN, MessageKind.ACTION, MessageKind.NOTE);
        assertThat(events(3).subList(1, 3))
                .allSatisfy(event ->
                        assertThat(((MessageCreated) event).providerId()).isEqualTo(shop));
    }

    @Test
    void toAFormerMemberThereIsNoConversation() {
        UUID answer = id(api.json(201, send(member, client, shop)), "messageId");
        api.json(201, act(member));

        leave(member);

        assertNothingThere(member, answer);
        assertThat(api.json(200, messages(client)).path("messages")).hasSize(3);
        assertThat(id(api.json(200, messages(shop)).path("messages").path(1), "senderId"))
                .isEqualTo(member);
    }

    @Test
    void toStrangersThereIsNoConversation() {
        UUID answer = id(api.json(201, send(member, client, shop)), "messageId");
        UUID otherShopsMember = api.newUser("PROVIDER");
        api.put(Api.admin(), "/api/v1/providers/{id}/members/{userId}", api.newUser("PROVIDER"), otherShopsMember);

        for (UUID stranger : List.of(otherShopsMember, api.newUser("PROVIDER"), api.newUser("CLIENT"))) {
            assertNothingThere(stranger, answer);
        }
    }

    @Test
    void whoOnlyIsAMembersMemberIsAStranger() {
        UUID answer = id(api.json(201, send(member, client, shop)), "messageId");
        UUID second = api.newUser("PROVIDER");
        api.put(Api.user(member), "/api/v1/providers/{id}/members/{userId}", member, second);

        assertNothingThere(second, answer);
    }

    @Test
    void whomTheShopWorksForSeesNothingOfTheMember() {
        UUID own = id(api.json(201, send(client, member, null)), "conversationId");

        assertThat(conversations(shop, "")).containsExactly(conversation);
        api.problem(404, "conversation-not-found", api.get(Api.user(shop), "/api/v1/conversations/{id}/messages", own));
    }

    @Test
    void aReplayedAnswerOfAFormerMemberIsRefused() {
        api.json(201, keyed(member));
        leave(member);

        api.problem(403, "not-a-member", keyed(member));
    }

    @Test
    void keysStayPerSender() {
        UUID colleague = api.newUser("PROVIDER");
        join(colleague);

        JsonNode first = api.json(201, keyed(member));

        assertThat(api.json(201, keyed(member))).isEqualTo(first);
        assertThat(id(api.json(201, keyed(colleague)), "messageId")).isNotEqualTo(id(first, "messageId"));
    }

    @Test
    void hidingAndDeletingStayTheShops() {
        UUID answer = id(api.json(201, send(member, client, shop)), "messageId");

        api.problem(
                403, "not-your-conversation", api.delete(Api.user(member), "/api/v1/conversations/{id}", conversation));
        api.problem(403, "not-your-message", api.delete(Api.user(member), "/api/v1/messages/{id}", answer));
        assertThat(api.delete(Api.user(shop), "/api/v1/messages/{id}", answer)).hasStatus(204);
        assertThat(api.delete(Api.user(shop), "/api/v1/conversations/{id}", conversation))
                .hasStatus(204);

        assertNoConversation(member);
        assertThat(conversations(member, "?providerId=" + shop)).isEmpty();
    }

    @Test
    void aMemberCannotWriteToTheShopForTheShop() {
        api.problem(422, "recipient-is-sender", send(member, shop, shop));
        api.problem(422, "recipient-is-sender", send(member, member, shop));
        assertThat(send(member, shop, null)).hasStatus(201);
    }

    /** Each answer is that for a message, provider or conversation that does not exist. */
    private void assertNothingThere(UUID user, UUID message) {
        UUID none = UUID.randomUUID();
        assertNoConversation(user);
        assertSame(
                404,
                api.delete(Api.user(user), "/api/v1/messages/{id}", message),
                api.delete(Api.user(user), "/api/v1/messages/{id}", none),
                none);
        assertSame(403, send(user, client, shop), send(user, client, none), none);
        assertSame(
                403,
                api.get(Api.user(user), "/api/v1/conversations?providerId=" + shop),
                api.get(Api.user(user), "/api/v1/conversations?providerId=" + none),
                none);
    }

    private void assertNoConversation(UUID user) {
        UUID none = UUID.randomUUID();
        assertSame(404, messages(user), api.get(Api.user(user), "/api/v1/conversations/{id}/messages", none), none);
        assertSame(
                404,
                act(user),
                post(user, "/api/v1/conversations/" + none + "/actions", "{\"type\":\"CALLED\"}"),
                none);
        assertSame(404, note(user), post(user, "/api/v1/conversations/" + none + "/notes", "{\"body\":\"x\"}"), none);
        assertSame(
                404,
                api.delete(Api.user(user), "/api/v1/conversations/{id}", conversation),
                api.delete(Api.user(user), "/api/v1/conversations/{id}", none),
                none);
    }

    private void assertSame(int status, MvcTestResult there, MvcTestResult nothing, UUID none) {
        assertThat(there).hasStatus(status);
        assertThat(api.text(there).replaceAll("[0-9a-f]{8}-[-0-9a-f]{27}", none.toString()))
                .isEqualTo(api.text(nothing));
    }

    private void join(UUID user) {
        assertThat(api.put(Api.user(shop), "/api/v1/providers/{id}/members/{userId}", shop, user))
                .hasStatus(204);
    }

    private void leave(UUID user) {
        assertThat(api.delete(Api.user(shop), "/api/v1/providers/{id}/members/{userId}", shop, user))
                .hasStatus(204);
    }

    private MvcTestResult send(UUID sender, UUID recipient, @Nullable UUID provider) {
        return post(sender, "/api/v1/messages", body(recipient, provider));
    }

    private MvcTestResult keyed(UUID sender) {
        return api.http()
                .post()
                .uri("/api/v1/messages")
                .with(Api.user(sender))
                .header("Idempotency-Key", "a-key")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body(client, shop))
                .exchange();
    }

    private static String body(UUID recipient, @Nullable UUID provider) {
        return "{\"recipientId\":\"" + recipient + "\",\"body\":\"Hello\""
                + (provider == null ? "" : ",\"providerId\":\"" + provider + "\"") + "}";
    }

    private MvcTestResult act(UUID user) {
        return post(user, "/api/v1/conversations/" + conversation + "/actions", "{\"type\":\"CALLED\"}");
    }

    private MvcTestResult note(UUID user) {
        return post(user, "/api/v1/conversations/" + conversation + "/notes", "{\"body\":\"x\"}");
    }

    private MvcTestResult post(UUID user, String path, String body) {
        return api.post(Api.user(user), path, body);
    }

    private MvcTestResult messages(UUID user) {
        return api.get(Api.user(user), "/api/v1/conversations/{id}/messages", conversation);
    }

    private List<UUID> conversations(UUID user, String query) {
        return api.json(200, api.get(Api.user(user), "/api/v1/conversations" + query))
                .path("conversations")
                .valueStream()
                .map(entry -> id(entry, "conversationId"))
                .toList();
    }

    private List<Event> events(int count) {
        try (TopicReader reader = new TopicReader(topic)) {
            return reader.of(conversation, count);
        }
    }

    private static UUID id(JsonNode json, String field) {
        return UUID.fromString(json.path(field).asString());
    }
}
