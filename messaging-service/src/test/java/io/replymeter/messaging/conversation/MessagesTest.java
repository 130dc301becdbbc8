package io.replymeter.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.messaging.outbox.TopicReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import tools.jackson.databind.JsonNode;

@MessagingTest
class MessagesTest {

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
    void aMessageIsAnsweredWithItsPlaceAndTime() {
        Instant before = Instant.now().minusSeconds(1);

        JsonNode sent = send(client, provider, "Hello");

        assertThat(id(sent, "messageId")).isNotNull();
        assertThat(id(sent, "senderId")).isEqualTo(client);
        assertThat(id(sent, "recipientId")).isEqualTo(provider);
        assertThat(sent.path("kind").asString()).isEqualTo("HUMAN");
        assertThat(sent.path("body").asString()).isEqualTo("Hello");
        assertThat(sent.path("sequence").asLong()).isEqualTo(1);
        assertThat(Instant.parse(sent.path("sentAt").asString())).isBetween(before, Instant.now());
    }

    @Test
    void anAdministratorWhoIsNoUserSendsNothing() {
        RequestPostProcessor administrator = jwt().jwt(
                        token -> token.subject(UUID.randomUUID().toString()))
                .authorities(new SimpleGrantedAuthority("SCOPE_admin"));

        api.problem(
                403,
                "unknown-user",
                api.post(administrator, "/api/v1/messages", "{\"recipientId\":\"" + client + "\",\"body\":\"Hello\"}"));
    }

    @Test
    void anAnswerGoesToTheSameConversationWithTheNextPlace() {
        JsonNode question = send(client, provider, "Hello");
        JsonNode answer = send(provider, client, "Hello to you");

        assertThat(id(answer, "conversationId")).isEqualTo(id(question, "conversationId"));
        assertThat(answer.path("sequence").asLong()).isEqualTo(2);
        assertThat(Instant.parse(answer.path("sentAt").asString()))
                .isAfter(Instant.parse(question.path("sentAt").asString()));
    }

    @Test
    void itsEventTellsWhoWhenAndWhichPlaceButNoText() {
        JsonNode sent = api.json(
                201,
                api.post(
                        Api.user(provider),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + client + "\",\"body\":\"Away\",\"kind\":\"AUTO_REPLY\"}"));

        try (TopicReader reader = new TopicReader(topic)) {
            List<Event> events = reader.of(id(sent, "conversationId"), 1);
            assertThat(events)
                    .containsExactly(new MessageCreated(
                            id(sent, "messageId"),
                            id(sent, "conversationId"),
                            provider,
                            Role.PROVIDER,
                            client,
                            Role.CLIENT,
                            MessageKind.AUTO_REPLY,
                            Instant.parse(sent.path("sentAt").asString()),
                            1L));
        }
    }

    @Test
    void anyTwoUsersMayWriteEachOther() {
        UUID other = api.newUser("CLIENT");

        assertThat(send(client, other, "Hello").path("sequence").asLong()).isEqualTo(1);
    }

    @Test
    void messagesSentAtOnceGetOneConversationAndEveryPlaceOnce() throws Exception {
        List<JsonNode> sent = atOnce(40, () -> send(client, provider, "Hello"));

        assertThat(sent.stream().map(message -> id(message, "conversationId")).distinct())
                .hasSize(1);
        assertThat(sent.stream().map(message -> message.path("sequence").asLong()))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 40).boxed().toList());
        assertThat(sent.stream()
                        .map(message -> message.path("sentAt").asString())
                        .distinct())
                .hasSize(40);
    }

    @Test
    void theSameKeyOfTheSameSenderSendsOneMessage() throws Exception {
        String key = UUID.randomUUID().toString();

        List<JsonNode> answers = atOnce(8, () -> api.json(201, send(client, provider, "Hello", key)));

        assertThat(new HashSet<>(answers)).hasSize(1);
        assertThat(messagesOf(client)).isEqualTo(1);
    }

    @Test
    void theSameKeyOfAnotherSenderIsAnotherKey() {
        JsonNode first = api.json(201, send(client, provider, "Hello", "key"));
        JsonNode second = api.json(201, send(provider, client, "Hello", "key"));

        assertThat(id(second, "messageId")).isNotEqualTo(id(first, "messageId"));
    }

    @Test
    void aKeyUsedForAnotherMessageIsRefused() {
        api.json(201, send(client, provider, "Hello", "key"));

        api.problem(422, "idempotency-key-reused", send(client, provider, "Hello again", "key"));
        assertThat(messagesOf(client)).isEqualTo(1);
    }

    @Test
    void aRepeatedRequestGetsItsAnswerAfterABlockToo() {
        JsonNode first = api.json(201, send(client, provider, "Hello", "key"));
        assertThat(api.put(Api.user(provider), "/api/v1/me/blocked/{id}", client))
                .hasStatus(204);

        assertThat(api.json(201, send(client, provider, "Hello", "key"))).isEqualTo(first);
        api.problem(403, "blocked-by-recipient", send(client, provider, "Hello", "another key"));
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        api.json(201, send(client, provider, "Hello", "key"));
        database.sql("UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE sender_id = ?")
                .param(client)
                .update();

        assertThat(api.json(201, send(client, provider, "Another", "key"))
                        .path("sequence")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void whatCannotBeSentIsExplainedAndLeavesNothing() {
        UUID nobody = UUID.randomUUID();

        api.problem(422, "unknown-recipient", post(client, nobody, "Hello"));
        api.problem(422, "recipient-is-sender", post(client, client, "Hello"));
        api.problem(403, "unknown-user", post(nobody, provider, "Hello"));
        api.problem(400, "invalid-request", post(client, provider, " \\n "));
        api.problem(400, "invalid-request", post(client, provider, "x".repeat(10_001)));
        api.problem(400, "invalid-request", post(client, provider, "a\\u0000b"));
        api.problem(400, "invalid-request", post(client, provider, "a\\ud800b"));
        api.problem(400, "invalid-request", send(client, provider, "Hello", " "));
        api.problem(400, "invalid-request", send(client, provider, "Hello", "k".repeat(201)));
        api.problem(400, "invalid-request", api.post(Api.user(client), "/api/v1/messages", "{\"body\":\"Hello\"}"));
        api.problem(
                400,
                "invalid-request",
                api.post(Api.user(client), "/api/v1/messages", "{\"recipientId\":\"17\",\"body\":\"Hello\"}"));
        api.problem(403, "not-a-user", api.post(Api.admin(), "/api/v1/messages", body(provider, "Hello")));

        assertThat(messagesOf(client)).isZero();
        assertThat(database.sql("SELECT count(*) FROM conversations WHERE ? IN (user_a, user_b)")
                        .param(client)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void theLongestBodyIsCountedInCharacters() {
        assertThat(send(client, provider, "😀".repeat(10_000)).path("body").asString())
                .hasSize(20_000);
    }

    @Test
    void itsSenderDeletesAMessageOnceAndForAll() {
        JsonNode sent = send(client, provider, "Hello");

        assertThat(delete(client, id(sent, "messageId"))).hasStatus(204);
        assertThat(delete(client, id(sent, "messageId"))).hasStatus(204);

        JsonNode left = api.json(
                        200,
                        api.get(Api.user(provider), "/api/v1/conversations/{id}/messages", id(sent, "conversationId")))
                .path("messages")
                .path(0);
        assertThat(left.path("body").isNull()).isTrue();
        assertThat(left.path("deletedAt").isString()).isTrue();
        send(client, provider, "Something after it");
        try (TopicReader reader = new TopicReader(topic)) {
            assertThat(reader.of(id(sent, "conversationId"), 3))
                    .extracting(Event::getClass)
                    .extracting(Class::getSimpleName)
                    .containsExactly("MessageCreated", "MessageDeleted", "MessageCreated");
            assertThat(reader.of(id(sent, "conversationId"), 2).get(1))
                    .isInstanceOfSatisfying(
                            MessageDeleted.class,
                            deleted -> assertThat(deleted.messageId()).isEqualTo(id(sent, "messageId")));
        }
    }

    @Test
    void onlyItsSenderOrAnAdminDeletesAMessage() {
        UUID message = id(send(client, provider, "Hello"), "messageId");

        api.problem(403, "not-your-message", delete(provider, message));
        api.problem(404, "message-not-found", delete(api.newUser("CLIENT"), message));
        api.problem(404, "message-not-found", delete(client, UUID.randomUUID()));
        api.problem(400, "invalid-request", api.delete(Api.user(client), "/api/v1/messages/17"));
        assertThat(api.delete(Api.admin(), "/api/v1/messages/{id}", message)).hasStatus(204);
    }

    private JsonNode send(UUID sender, UUID recipient, String body) {
        return api.json(201, post(sender, recipient, body));
    }

    private MvcTestResult post(UUID sender, UUID recipient, String body) {
        return api.post(Api.user(sender), "/api/v1/messages", body(recipient, body));
    }

    private MvcTestResult send(UUID sender, UUID recipient, String body, String key) {
        return api.http()
                .post()
                .uri("/api/v1/messages")
                .with(Api.user(sender))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body(recipient, body))
                .exchange();
    }

    private MvcTestResult delete(UUID user, UUID message) {
        return api.delete(Api.user(user), "/api/v1/messages/{id}", message);
    }

    private static String body(UUID recipient, String body) {
        return "{\"recipientId\":\"" + recipient + "\",\"body\":\"" + body + "\"}";
    }

    private static UUID id(JsonNode json, String field) {
        return UUID.fromString(json.path(field).asString());
    }

    private long messagesOf(UUID sender) {
        return database.sql("SELECT count(*) FROM messages WHERE sender_id = ?")
                .param(sender)
                .query(Long.class)
                .single();
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<T>> results =
                    threads.invokeAll(Stream.generate(() -> work).limit(times).toList());
            List<T> done = new ArrayList<>();
            for (Future<T> result : results) {
                done.add(result.get());
            }
            return done;
        } finally {
            threads.shutdown();
        }
    }
}
