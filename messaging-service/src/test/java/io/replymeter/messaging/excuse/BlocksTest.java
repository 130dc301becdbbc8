package io.replymeter.messaging.excuse;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.events.Event;
import io.replymeter.events.ExcuseReason;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.messaging.outbox.TopicReader;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@MessagingTest
class BlocksTest {

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Value("${replymeter.events.topic}")
    String topic;

    @Autowired
    PlatformTransactionManager transactions;

    UUID client;
    UUID provider;
    UUID conversation;
    UUID question;

    @BeforeEach
    void aQuestion() {
        client = api.newUser("CLIENT");
        provider = api.newUser("PROVIDER");
        JsonNode sent = send(client, provider);
        conversation = id(sent, "conversationId");
        question = id(sent, "messageId");
    }

    @Test
    void aBannedUsersFurtherMessagesAreRefusedUntilTheBanIsLifted() {
        ban(client);
        ban(client);

        api.problem(403, "user-banned", post(client, provider));
        api.problem(403, "user-banned", post(client, api.newUser("PROVIDER")));
        assertThat(post(provider, client)).hasStatus(201);

        assertThat(api.delete(Api.admin(), "/api/v1/users/{id}/ban", client)).hasStatus(204);
        assertThat(api.delete(Api.admin(), "/api/v1/users/{id}/ban", client)).hasStatus(204);
        assertThat(post(client, provider)).hasStatus(201);
    }

    @Test
    void aBannedProviderAndItsMembersWriteNothing() {
        UUID member = api.newUser("PROVIDER");
        api.put(Api.user(provider), "/api/v1/providers/{id}/members/{userId}", provider, member);
        String forProvider =
                "{\"recipientId\":\"" + client + "\",\"body\":\"Hello\",\"providerId\":\"" + provider + "\"}";

        ban(provider);

        api.problem(403, "user-banned", post(provider, client));
        api.problem(403, "user-banned", api.post(Api.user(member), "/api/v1/messages", forProvider));
        api.problem(403, "user-banned", api.post(Api.user(provider), actions(), "{\"type\":\"CALLED\"}"));
        assertThat(post(member, client)).hasStatus(201);

        api.delete(Api.admin(), "/api/v1/users/{id}/ban", provider);
        ban(member);
        api.problem(403, "user-banned", api.post(Api.user(member), "/api/v1/messages", forProvider));
    }

    @Test
    void aBanExcusesTheLatestMessageOfEachInquiryThatWaits() {
        UUID latest = id(send(client, provider), "messageId");
        UUID other = api.newUser("PROVIDER");
        JsonNode second = send(client, other);

        ban(client);

        assertThat(excuse(conversation, 3)).isEqualTo(List.of(latest, ExcuseReason.BLOCKED, ExcusedBy.PLATFORM));
        assertThat(excuse(id(second, "conversationId"), 2))
                .isEqualTo(List.of(id(second, "messageId"), ExcuseReason.BLOCKED, ExcusedBy.PLATFORM));
    }

    @Test
    void whatWasAnsweredIsNotExcused() {
        api.json(201, post(provider, client));
        UUID byAction = id(send(client, newProvider()), "conversationId");
        UUID actor = otherOf(byAction);
        api.json(
                201,
                api.post(Api.user(actor), "/api/v1/conversations/" + byAction + "/actions", "{\"type\":\"QUOTED\"}"));
        UUID byDeletedAnswer = id(send(client, newProvider()), "conversationId");
        UUID answer = id(send(otherOf(byDeletedAnswer), client), "messageId");
        api.delete(Api.user(otherOf(byDeletedAnswer)), "/api/v1/messages/{id}", answer);

        ban(client);

        assertThat(excused()).isEmpty();
    }

    @Test
    void whatNoPersonAnsweredIsExcusedByAMessageThatIsThere() {
        api.json(
                201,
                api.post(
                        Api.user(provider),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + client + "\",\"body\":\"Away\",\"kind\":\"AUTO_REPLY\"}"));
        api.json(
                201,
                api.post(Api.user(provider), "/api/v1/conversations/" + conversation + "/notes", "{\"body\":\"x\"}"));
        api.delete(
                Api.user(client),
                "/api/v1/messages/{id}",
                send(client, provider).path("messageId").asString());

        ban(client);

        assertThat(excuse(conversation, 6)).isEqualTo(List.of(question, ExcuseReason.BLOCKED, ExcusedBy.PLATFORM));
    }

    @Test
    void onlyConversationsWithProvidersAreExcused() {
        send(client, api.newUser("CLIENT"));
        api.delete(Api.user(client), "/api/v1/conversations/{id}", id(send(client, newProvider()), "conversationId"));

        ban(client);

        assertThat(excused()).containsExactly(conversation);
    }

    @Test
    void aSecondBanExcusesOnlyWhatIsNew() {
        ban(client);
        ban(client);
        api.delete(Api.admin(), "/api/v1/users/{id}/ban", client);
        send(client, provider);

        ban(client);

        assertThat(events(conversation, 4))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("MessageCreated", "InquiryExcused", "MessageCreated", "InquiryExcused");
    }

    @Test
    void everyConversationOfManyIsExcused() {
        database.sql("""
                        WITH provider AS (
                            INSERT INTO users (id, role, display_name)
                            SELECT gen_random_uuid(), 'PROVIDER', 'Somebody' FROM generate_series(1, 450) RETURNING id),
                        conversation AS (
                            INSERT INTO conversations (id, user_a, user_b, last_sequence, last_sent_at)
                            SELECT gen_random_uuid(), least(id, :client), greatest(id, :client), 1, now() FROM provider
                            RETURNING id)
                        INSERT INTO messages (id, conversation_id, sequence, sender_id, kind, sent_at)
                        SELECT gen_random_uuid(), id, 1, :client, 'HUMAN', now() FROM conversation
                        """).param("client", client).update();

        ban(client);

        assertThat(excused()).hasSize(451);
    }

    @Test
    void aMessageThatWaitsForItsConversationMeetsTheBan() throws Exception {
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            Future<MvcTestResult> message = new TransactionTemplate(transactions).execute(status -> {
                database.sql("SELECT id FROM conversations WHERE id = ? FOR UPDATE")
                        .param(conversation)
                        .query()
                        .singleRow();
                Future<MvcTestResult> sent = others.submit(() -> post(client, provider));
                await().until(() -> waiting() == 1);
                others.execute(() -> ban(client));
                await().until(() -> waiting() == 2);
                return sent;
            });

            api.problem(403, "user-banned", requireNonNull(message).get());
            await().untilAsserted(() -> assertThat(excused()).containsExactly(conversation));
        } finally {
            others.shutdown();
        }
    }

    @Test
    void onlyAnAdminBansAndOnlyAUser() {
        api.problem(403, "not-allowed", api.post(Api.user(provider), "/api/v1/users/" + client + "/ban", ""));
        api.problem(403, "not-allowed", api.delete(Api.user(provider), "/api/v1/users/{id}/ban", client));
        api.problem(404, "user-not-found", api.post(Api.admin(), "/api/v1/users/" + UUID.randomUUID() + "/ban", ""));
        api.problem(404, "user-not-found", api.delete(Api.admin(), "/api/v1/users/{id}/ban", UUID.randomUUID()));
        assertThat(post(client, provider)).hasStatus(201);
    }

    @Test
    void aBlockedClientCannotWriteToThatProviderOnly() {
        UUID other = newProvider();

        assertThat(block(provider, client)).hasStatus(204);
        assertThat(block(provider, client)).hasStatus(204);

        api.problem(403, "blocked-by-recipient", post(client, provider));
        assertThat(post(client, other)).hasStatus(201);
        assertThat(post(provider, client)).hasStatus(201);

        assertThat(api.delete(Api.user(provider), "/api/v1/me/blocked/{id}", client))
                .hasStatus(204);
        assertThat(post(client, provider)).hasStatus(201);
    }

    @Test
    void aBlockExcusesOnlyTheInquiryWithThatProvider() {
        send(client, newProvider());
        UUID latest = id(send(client, provider), "messageId");

        block(provider, client);

        assertThat(excused()).containsExactly(conversation);
        assertThat(excuse(conversation, 3)).isEqualTo(List.of(latest, ExcuseReason.BLOCKED, ExcusedBy.PROVIDER));
    }

    @Test
    void onlyAProviderBlocksAndOnlyAClient() {
        api.problem(403, "only-for-providers", block(client, api.newUser("CLIENT")));
        api.problem(403, "only-for-providers", api.delete(Api.user(client), "/api/v1/me/blocked/{id}", client));
        for (UUID not : List.of(newProvider(), UUID.randomUUID())) {
            api.problem(404, "client-not-found", block(provider, not));
            api.problem(404, "client-not-found", api.delete(Api.user(provider), "/api/v1/me/blocked/{id}", not));
        }
    }

    private long waiting() {
        return database.sql("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """).query(Long.class).single();
    }

    private void ban(UUID user) {
        assertThat(api.post(Api.admin(), "/api/v1/users/" + user + "/ban", "")).hasStatus(204);
    }

    private MvcTestResult block(UUID by, UUID user) {
        return api.put(Api.user(by), "/api/v1/me/blocked/{id}", user);
    }

    private String actions() {
        return "/api/v1/conversations/" + conversation + "/actions";
    }

    private UUID newProvider() {
        return api.newUser("PROVIDER");
    }

    private UUID otherOf(UUID conversation) {
        return database.sql(
                        "SELECT CASE WHEN user_a = :client THEN user_b ELSE user_a END FROM conversations WHERE id = :id")
                .param("client", client)
                .param("id", conversation)
                .query(UUID.class)
                .single();
    }

    /** The client's conversations with an excused message. */
    private List<UUID> excused() {
        return database.sql("""
                        SELECT m.conversation_id FROM excuses e JOIN messages m ON m.id = e.message_id
                        WHERE m.sender_id = ?
                        """)
                .param(client)
                .query((row, number) -> row.getObject("conversation_id", UUID.class))
                .list();
    }

    /** The message, reason and author of the excuse that is the last of {@code count} events. */
    private List<Object> excuse(UUID conversation, int count) {
        return Stream.of(events(conversation, count).get(count - 1))
                .map(InquiryExcused.class::cast)
                .<List<Object>>map(event -> List.of(event.messageId(), event.reason(), event.excusedBy()))
                .findFirst()
                .orElseThrow();
    }

    private List<Event> events(UUID conversation, int count) {
        try (TopicReader reader = new TopicReader(topic)) {
            return reader.of(conversation, count);
        }
    }

    private JsonNode send(UUID sender, UUID recipient) {
        return api.json(201, post(sender, recipient));
    }

    private MvcTestResult post(UUID sender, UUID recipient) {
        return api.post(
                Api.user(sender), "/api/v1/messages", "{\"recipientId\":\"" + recipient + "\",\"body\":\"Hello\"}");
    }

    private static UUID id(JsonNode json, String field) {
        return UUID.fromString(json.path(field).asString());
    }
}
