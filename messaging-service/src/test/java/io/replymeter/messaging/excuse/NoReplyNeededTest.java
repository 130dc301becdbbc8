package io.replymeter.messaging.excuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.Event;
import io.replymeter.events.ExcuseReason;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.messaging.outbox.TopicReader;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@MessagingTest
class NoReplyNeededTest {

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Value("${replymeter.events.topic}")
    String topic;

    UUID client;
    UUID provider;
    UUID member;
    UUID conversation;
    UUID question;

    @BeforeEach
    void aQuestion() {
        client = api.newUser("CLIENT");
        provider = api.newUser("PROVIDER");
        member = api.newUser("PROVIDER");
        api.put(Api.user(provider), "/api/v1/providers/{id}/members/{userId}", provider, member);
        JsonNode sent = send(client, provider);
        conversation = id(sent, "conversationId");
        question = id(sent, "messageId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO_REPLY_NEEDED", "SPAM", "WITHDRAWN", "OTHER"})
    void aProviderExcusesAQuestionWithAReason(String reason) {
        JsonNode excuse = api.json(200, excuse(provider, question, reason));

        assertThat(id(excuse, "messageId")).isEqualTo(question);
        assertThat(excuse.path("reason").asString()).isEqualTo(reason);
        assertThat(events(2).get(1))
                .isEqualTo(new InquiryExcused(
                        conversation,
                        question,
                        ExcuseReason.valueOf(reason),
                        ExcusedBy.PROVIDER,
                        Instant.parse(excuse.path("excusedAt").asString())));
    }

    @Test
    void aMemberExcusesForTheProviderAndMarksItsMetrics() {
        database.sql("DELETE FROM stale_response_metrics").update();

        api.json(200, excuse(member, question, "SPAM"));

        assertThat(events(2).get(1)).isInstanceOf(InquiryExcused.class);
        assertThat(database.sql("""
                        SELECT (SELECT count(*) FROM stale_response_metrics WHERE provider_id = :provider)
                             + (SELECT count(metrics_stale_since) FROM users WHERE id = :provider)
                        """)
                        .param("provider", provider)
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    void aSecondRequestChangesNothingAndAnswersTheSame() {
        String first = api.text(excuse(provider, question, "SPAM"));

        assertThat(api.text(excuse(provider, question, "SPAM"))).isEqualTo(first);
        assertThat(api.text(excuse(member, question, "OTHER"))).isEqualTo(first);
        send(client, provider);
        assertThat(events(3))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("MessageCreated", "InquiryExcused", "MessageCreated");
    }

    @Test
    void theClientIsNotTold() {
        String list = api.text(api.get(Api.user(client), "/api/v1/conversations"));
        String messages = api.text(messages(client));

        api.json(200, excuse(provider, question, "SPAM"));

        assertThat(api.text(api.get(Api.user(client), "/api/v1/conversations"))).isEqualTo(list);
        assertThat(api.text(messages(client))).isEqualTo(messages);
        api.problem(403, "only-for-providers", excuse(client, question, "SPAM"));
    }

    @Test
    void onlyAClientsQuestionCanBeExcused() {
        UUID answer = id(send(provider, client), "messageId");
        UUID note = id(note(), "messageId");
        UUID away = id(
                api.json(
                        201,
                        api.post(
                                Api.user(client),
                                "/api/v1/messages",
                                "{\"recipientId\":\"" + provider + "\",\"body\":\"x\",\"kind\":\"AUTO_REPLY\"}")),
                "messageId");
        UUID colleagues = id(send(api.newUser("PROVIDER"), provider), "messageId");
        UUID deleted = id(send(client, provider), "messageId");
        api.delete(Api.user(client), "/api/v1/messages/{id}", deleted);

        for (UUID none : List.of(answer, note, away, colleagues, deleted)) {
            api.problem(422, "not-a-question", excuse(provider, none, "SPAM"));
        }
        api.problem(400, "invalid-request", excuse(provider, question, "BLOCKED"));
        api.problem(400, "invalid-request", post(provider, question, "{}"));
    }

    @Test
    void toOthersThereIsNoMessage() {
        UUID former = api.newUser("PROVIDER");
        api.put(Api.user(provider), "/api/v1/providers/{id}/members/{userId}", provider, former);
        api.delete(Api.user(provider), "/api/v1/providers/{id}/members/{userId}", provider, former);

        for (UUID other : List.of(former, api.newUser("PROVIDER"), api.newUser("CLIENT"))) {
            assertNotFound(other, question);
        }
        assertNotFound(client, id(note(), "messageId"));
    }

    @Test
    void whatIsHiddenOrDeletedIsNotThere() {
        api.delete(Api.user(provider), "/api/v1/conversations/{id}", conversation);
        assertNotFound(provider, question);

        UUID later = id(send(client, provider), "messageId");
        assertNotFound(member, question);
        api.json(200, excuse(member, later, "SPAM"));

        api.delete(Api.user(client), "/api/v1/conversations/{id}", conversation);
        assertNotFound(provider, later);
    }

    private void assertNotFound(UUID user, UUID message) {
        UUID none = UUID.randomUUID();
        MvcTestResult nothing = excuse(user, none, "SPAM");
        api.problem(404, "message-not-found", nothing);
        assertThat(api.text(excuse(user, message, "SPAM")))
                .isEqualTo(api.text(nothing).replace(none.toString(), message.toString()));
    }

    private JsonNode note() {
        return api.json(
                201,
                api.post(Api.user(provider), "/api/v1/conversations/" + conversation + "/notes", "{\"body\":\"x\"}"));
    }

    private MvcTestResult excuse(UUID user, UUID message, String reason) {
        return post(user, message, "{\"reason\":\"" + reason + "\"}");
    }

    private MvcTestResult post(UUID user, UUID message, String body) {
        return api.post(Api.user(user), "/api/v1/messages/" + message + "/no-reply-needed", body);
    }

    private MvcTestResult messages(UUID user) {
        return api.get(Api.user(user), "/api/v1/conversations/{id}/messages", conversation);
    }

    private JsonNode send(UUID sender, UUID recipient) {
        return api.json(
                201,
                api.post(
                        Api.user(sender),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + recipient + "\",\"body\":\"Hello\"}"));
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
