package io.replymeter.messaging.automatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@MessagingTest
@TestPropertySource(properties = "replymeter.automatic.interval=100ms")
@ExtendWith(OutputCaptureExtension.class)
class AutomaticLookingTest {

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Autowired
    MeterRegistry meters;

    UUID provider;

    @BeforeEach
    void aProvider() {
        provider = api.newUser("PROVIDER");
    }

    @Test
    void answersWithinSecondsInMoreThanTwentyConversationsLookAutomatic() {
        answerInConversations(20, "HUMAN");
        assertThat(listed()).isEmpty();

        UUID client = answerInConversations(1, "HUMAN");

        assertThat(listed().orElseThrow().path("quickAnswers").asInt()).isEqualTo(21);
        send(client, provider, null, "HUMAN");
        send(provider, client, null, "HUMAN");
        assertThat(listed().orElseThrow().path("quickAnswers").asInt()).isEqualTo(21);
    }

    @Test
    void operatorsAreToldOnce(CapturedOutput output) {
        double before = warnings();

        answerInConversations(21, "HUMAN");

        await().untilAsserted(() -> assertThat(warnings()).isEqualTo(before + 1));
        answerInConversations(1, "HUMAN");
        UUID first = provider;
        aProvider();
        answerInConversations(21, "HUMAN");
        await().untilAsserted(() -> assertThat(warnings()).isEqualTo(before + 2));
        assertThat(output.getAll().split("Provider " + first + " looks automatic, is counted as human", -1))
                .hasSize(2);
    }

    @Test
    void whatAMemberAnswersCountsForTheProvider() {
        UUID member = api.newUser("PROVIDER");
        api.put(Api.user(provider), "/api/v1/providers/{id}/members/{userId}", provider, member);
        for (int i = 0; i < 21; i++) {
            UUID client = api.newUser("CLIENT");
            send(client, provider, null, "HUMAN");
            send(member, client, provider, "HUMAN");
        }

        assertThat(listed()).isPresent();
    }

    @Test
    void autoRepliesDoNotCount() {
        answerInConversations(21, "AUTO_REPLY");

        assertThat(listed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5 seconds", "1 minute"})
    void slowerAnswersDoNotCount(String age) {
        for (int i = 0; i < 21; i++) {
            UUID client = api.newUser("CLIENT");
            JsonNode question = send(client, provider, null, "HUMAN");
            database.sql("UPDATE messages SET sent_at = sent_at - CAST(:age AS interval) WHERE id = CAST(:id AS uuid)")
                    .param("age", age)
                    .param("id", question.path("messageId").asString())
                    .update();
            send(provider, client, null, "HUMAN");
        }

        assertThat(listed()).isEmpty();
    }

    @Test
    void whoWritesEvery23HoursLooksAutomaticToo() {
        UUID client = api.newUser("CLIENT");
        send(provider, client, null, "HUMAN");
        for (int i = 0; i < 9; i++) {
            write23HoursAfter(client, "23 hours");
        }
        assertThat(listed()).isEmpty();

        write23HoursAfter(client, "23 hours");

        assertThat(listed().orElseThrow().path("steadyMessages").asInt()).isEqualTo(10);
        assertThat(listed().orElseThrow().path("quickAnswers").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"25 hours", "19 hours"})
    void whoWritesOnceAtAnotherTimeLooksLikeAPerson(String once) {
        UUID client = api.newUser("CLIENT");
        send(provider, client, null, "HUMAN");
        for (int i = 0; i < 12; i++) {
            write23HoursAfter(client, i == 6 ? once : "23 hours");
        }

        assertThat(listed()).isEmpty();
    }

    /** The client asks and the provider writes, as if {@code age} had passed since the provider wrote before. */
    private void write23HoursAfter(UUID client, String age) {
        for (String earlier : List.of(
                "UPDATE messages SET sent_at = sent_at - CAST(:age AS interval) WHERE :client IN (SELECT unnest(ARRAY[c.user_a, c.user_b]) FROM conversations AS c WHERE c.id = conversation_id)",
                "UPDATE conversations SET last_sent_at = last_sent_at - CAST(:age AS interval) WHERE :client IN (user_a, user_b)",
                "UPDATE steady_messages SET written_at = written_at - CAST(:age AS interval) WHERE provider_id = :provider")) {
            database.sql(earlier)
                    .param("age", age)
                    .param("client", client)
                    .param("provider", provider)
                    .update();
        }
        JsonNode question = send(client, provider, null, "HUMAN");
        database.sql("UPDATE messages SET sent_at = sent_at - interval '1 hour' WHERE id = CAST(:id AS uuid)")
                .param("id", question.path("messageId").asString())
                .update();
        send(provider, client, null, "HUMAN");
    }

    @Test
    void firstMessagesAreNoAnswers() {
        for (int i = 0; i < 21; i++) {
            send(provider, api.newUser("CLIENT"), null, "HUMAN");
        }

        assertThat(listed()).isEmpty();
    }

    @Test
    void afterAnHourTheyAreForgotten() {
        answerInConversations(21, "HUMAN");
        database.sql("UPDATE quick_answers SET answered_at = now() - interval '61 minutes' WHERE provider_id = ?")
                .param(provider)
                .update();

        assertThat(listed()).isEmpty();
        await().untilAsserted(() -> assertThat(kept()).isZero());
    }

    @Test
    void ofABotOnlyAHundredAreKept() {
        database.sql("""
                        INSERT INTO quick_answers (provider_id, conversation_id, answered_at)
                        SELECT ?, gen_random_uuid(), now() FROM generate_series(1, 99)
                        """).param(provider).update();

        answerInConversations(3, "HUMAN");

        assertThat(kept()).isEqualTo(100);
    }

    @Test
    void onlyOperatorsMayRead() {
        for (var who : List.of(Api.user(provider), Api.admin(), Api.service("metrics:read"))) {
            api.problem(403, "not-allowed", api.get(who, "/ops/v1/automatic-looking-providers"));
        }
    }

    /** The last client. */
    private UUID answerInConversations(int count, String kind) {
        UUID client = provider;
        for (int i = 0; i < count; i++) {
            client = api.newUser("CLIENT");
            send(client, provider, null, "HUMAN");
            send(provider, client, null, kind);
        }
        return client;
    }

    private JsonNode send(UUID sender, UUID recipient, @Nullable UUID answeredFor, String kind) {
        return api.json(
                201,
                api.post(
                        Api.user(sender),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + recipient + "\",\"body\":\"Hello\",\"kind\":\"" + kind + "\""
                                + (answeredFor == null ? "" : ",\"providerId\":\"" + answeredFor + "\"") + "}"));
    }

    private Optional<JsonNode> listed() {
        JsonNode answer = api.json(200, api.get(Api.service("metrics:ops"), "/ops/v1/automatic-looking-providers"));
        assertThat(answer.path("meaning").asString()).isEqualTo("looks automatic, is counted as human");
        return answer.path("providers")
                .valueStream()
                .filter(one -> one.path("providerId").asString().equals(provider.toString()))
                .findFirst();
    }

    private long kept() {
        return database.sql("SELECT count(*) FROM quick_answers WHERE provider_id = ?")
                .param(provider)
                .query(Long.class)
                .single();
    }

    private double warnings() {
        return meters.get("replymeter.automatic.looking.providers").counter().count();
    }
}
