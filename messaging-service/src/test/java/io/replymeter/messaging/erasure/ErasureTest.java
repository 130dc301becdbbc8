package io.replymeter.messaging.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.MessageDeleted;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.messaging.outbox.TopicReader;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@MessagingTest
class ErasureTest {

    /** Text by which everything that somebody said is found. */
    private static final String SECRET = "the secret of the erased";

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ErasureService service;

    @Value("${replymeter.events.topic}")
    String topic;

    UUID client;
    UUID provider;

    @BeforeEach
    void people() {
        client = api.newUser("CLIENT");
        provider = api.newUser("PROVIDER");
    }

    @Test
    void nothingIsLeftOfWhatAnErasedUserSaidAndWasCalled() {
        JsonNode question = api.json(201, write(client, provider, null));
        api.json(201, write(provider, client, null));
        String conversation = question.path("conversationId").asString();
        assertThat(patch(provider, "{\"bio\":\"" + SECRET + "\"}")).hasStatusOk();
        assertThat(api.send(
                        HttpMethod.PUT,
                        Api.user(provider),
                        "/api/v1/me/availability",
                        "{\"timeZone\":\"Europe/Paris\",\"weeklyHours\":[{\"day\":\"MONDAY\",\"from\":\"08:00\",\"to\":\"20:00\"}],"
                                + "\"absences\":[]}"))
                .hasStatusOk();
        assertThat(api.put(Api.user(provider), "/api/v1/me/blocked/{id}", api.newUser("CLIENT")))
                .hasStatus(204);

        assertThat(erase(provider)).hasStatus(202);
        awaitErased(provider);

        api.problem(404, "profile-not-found", api.get(Api.user(client), "/api/v1/providers/{id}/profile", provider));
        api.problem(
                404,
                "conversation-not-found",
                api.get(Api.user(client), "/api/v1/conversations/{id}/messages", conversation));
        api.problem(403, "user-erased", api.get(Api.user(provider), "/api/v1/conversations"));
        api.problem(403, "user-erased", write(provider, client, null));
        api.problem(422, "unknown-recipient", write(client, provider, null));
        for (String left : List.of(
                "SELECT count(*) FROM messages WHERE conversation_id = '" + conversation + "' AND body IS NOT NULL",
                "SELECT count(*) FROM users WHERE id = :user AND (bio IS NOT NULL OR display_name <> '')",
                "SELECT count(*) FROM availability WHERE provider_id = :user",
                "SELECT count(*) FROM blocks WHERE provider_id = :user",
                "SELECT count(*) FROM idempotency_keys WHERE sender_id = :user")) {
            assertThat(database.sql(left)
                            .param("user", provider)
                            .query(Long.class)
                            .single())
                    .as(left)
                    .isZero();
        }
        try (TopicReader reader = new TopicReader(topic)) {
            assertThat(reader.of(UUID.fromString(conversation), 3).get(2)).isInstanceOf(ConversationDeleted.class);
        }
    }

    @Test
    void whatAnErasedMemberWroteForATeamIsRemovedAndStillAnswers() {
        UUID member = api.newUser("PROVIDER");
        assertThat(api.put(Api.user(provider), "/api/v1/providers/{id}/members/{member}", provider, member))
                .hasStatus(204);
        JsonNode question = api.json(201, write(client, provider, null));
        JsonNode answer = api.json(201, write(member, client, provider));
        String conversation = question.path("conversationId").asString();

        erase(member);
        awaitErased(member);

        JsonNode messages = api.json(
                        200, api.get(Api.user(client), "/api/v1/conversations/{id}/messages", conversation))
                .path("messages");
        assertThat(messages).hasSize(2);
        assertThat(messages.path(0).path("body").isNull()).isTrue();
        assertThat(messages.path(1).path("body").asString()).isEqualTo(SECRET);
        assertThat(api.json(200, api.get(Api.user(provider), "/api/v1/providers/{id}/members", provider))
                        .path("members"))
                .isEmpty();
        try (TopicReader reader = new TopicReader(topic)) {
            Event last = reader.of(UUID.fromString(conversation), 3).get(2);
            assertThat(last)
                    .isInstanceOfSatisfying(
                            MessageDeleted.class,
                            deleted -> assertThat(deleted.messageId())
                                    .hasToString(answer.path("messageId").asString()));
        }
    }

    @Test
    void thousandsOfConversationsAreErasedInStepsAndAnInterruptedErasureGoesOn() {
        List<UUID> others =
                IntStream.range(0, 250).mapToObj(i -> api.newUser("CLIENT")).toList();
        others.forEach(other -> api.json(201, write(other, provider, null)));

        // So that the background leaves it alone.
        transaction.executeWithoutResult(status -> {
            service.begin(provider);
            database.sql("UPDATE erasures SET due_at = now() + interval '1 hour'")
                    .update();
        });
        int before = undeleted();
        boolean more = service.step(provider);
        int afterOne = undeleted();
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    service.step(provider);
                    throw new IllegalStateException("killed in the middle");
                }))
                .hasMessage("killed in the middle");

        assertThat(more).isTrue();
        assertThat(before).isEqualTo(250);
        assertThat(afterOne).isEqualTo(150);
        assertThat(undeleted()).isEqualTo(150);
        database.sql("UPDATE erasures SET due_at = now()").update();
        awaitErased(provider);
        assertThat(undeleted()).isZero();
        try (TopicReader reader = new TopicReader(topic)) {
            reader.until(events -> events.stream()
                            .filter(ConversationDeleted.class::isInstance)
                            .map(Event::conversationId)
                            .distinct()
                            .count()
                    >= 250);
        }
    }

    @Test
    void erasingAgainChangesNothing() {
        api.json(201, write(client, provider, null));
        erase(provider);
        awaitErased(provider);

        assertThat(erase(provider)).hasStatus(204);
        assertThat(api.delete(Api.user(client), "/api/v1/users/{id}", client)).hasStatus(202);
        api.problem(403, "user-erased", api.delete(Api.user(client), "/api/v1/users/{id}", client));
        api.problem(404, "user-not-found", erase(UUID.randomUUID()));
    }

    @Test
    void usersEraseOnlyThemselves() {
        api.problem(403, "not-yourself", api.delete(Api.user(client), "/api/v1/users/{id}", provider));
        api.problem(403, "unknown-user", api.delete(Api.service("metrics:read"), "/api/v1/users/{id}", provider));
    }

    @Test
    void anErasedUserDoesNotComeBack() {
        erase(provider);
        String again = "{\"id\":\"" + provider + "\",\"role\":\"PROVIDER\",\"displayName\":\"Ada\"}";

        api.problem(409, "user-was-erased", api.post(Api.admin(), "/api/v1/users", again));
        api.problem(409, "user-was-erased", api.delete(Api.admin(), "/api/v1/users/{id}/deactivation", provider));
        JsonNode report = api.json(
                200,
                api.http()
                        .post()
                        .uri("/api/v1/imports")
                        .with(Api.admin())
                        .contentType("text/csv")
                        .content("message_id,conversation_id,client_id,provider_id,sender_role,sent_at\n"
                                + String.join(
                                        ",",
                                        UUID.randomUUID().toString(),
                                        UUID.randomUUID().toString(),
                                        client.toString(),
                                        provider.toString(),
                                        "CLIENT",
                                        "2026-01-01T00:00:00Z")
                                + "\n")
                        .exchange());
        assertThat(report.at("/errors/0/reason").asString()).isEqualTo("somebody in it was erased");
    }

    @Test
    void aConversationThatBeginsMeanwhileIsErasedTooOrRefused() {
        List<UUID> others =
                Stream.generate(() -> api.newUser("CLIENT")).limit(40).toList();
        List<MvcTestResult> posts = new CopyOnWriteArrayList<>();
        Thread writers =
                new Thread(() -> others.parallelStream().forEach(other -> posts.add(write(other, provider, null))));
        writers.start();
        await().until(() -> posts.size() > 5);

        erase(provider);
        await().until(() -> !writers.isAlive());
        awaitErased(provider);

        assertThat(posts)
                .allSatisfy(post -> assertThat(post.getResponse().getStatus()).isIn(201, 422));
        assertThat(undeleted()).isZero();
    }

    @Test
    void erasingWaitsForAConversationThatIsBeingBegun() {
        CompletableFuture<MvcTestResult> erased = new CompletableFuture<>();
        transaction.executeWithoutResult(status -> {
            assertThat(write(client, provider, null)).hasStatus(201);
            erased.completeAsync(() -> erase(provider));
            awaitSomebodyWaitsForThisTransaction();
        });

        assertThat(erased.join()).hasStatus(202);
        awaitErased(provider);
        assertThat(undeleted()).isZero();
    }

    @Test
    void aConversationThatWaitsForTheErasureIsRefused() {
        CompletableFuture<MvcTestResult> post = new CompletableFuture<>();
        transaction.executeWithoutResult(status -> {
            service.begin(provider);
            post.completeAsync(() -> write(client, provider, null));
            awaitSomebodyWaitsForThisTransaction();
        });

        api.problem(422, "unknown-recipient", post.join());
        assertThat(undeleted()).isZero();
    }

    /** In the transaction, which would be ended if it were idle for too long. */
    private void awaitSomebodyWaitsForThisTransaction() {
        await().pollInSameThread()
                .until(() -> database.sql("SELECT EXISTS (SELECT FROM pg_locks"
                                + " WHERE NOT granted AND transactionid = pg_current_xact_id()::xid)")
                        .query(Boolean.class)
                        .single());
    }

    private MvcTestResult erase(UUID user) {
        return api.delete(Api.admin(), "/api/v1/users/{id}", user);
    }

    private void awaitErased(UUID user) {
        await().until(() -> erase(user).getResponse().getStatus() == 204);
    }

    private MvcTestResult patch(UUID user, String body) {
        return api.send(HttpMethod.PATCH, Api.user(user), "/api/v1/me/profile", body);
    }

    private MvcTestResult write(UUID from, UUID to, @Nullable UUID providerId) {
        String forWhom = providerId == null ? "" : "\"providerId\":\"" + providerId + "\",";
        return api.http()
                .post()
                .uri("/api/v1/messages")
                .with(Api.user(from))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/json")
                .content("{\"recipientId\":\"" + to + "\"," + forWhom + "\"body\":\"" + SECRET + "\"}")
                .exchange();
    }

    private int undeleted() {
        return database.sql("SELECT count(*) FROM conversations WHERE :user IN (user_a, user_b) AND deleted_at IS NULL")
                .param("user", provider)
                .query(Integer.class)
                .single();
    }
}
