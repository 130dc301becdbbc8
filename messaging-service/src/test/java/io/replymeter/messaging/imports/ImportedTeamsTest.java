package io.replymeter.messaging.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.MessageCreated;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.messaging.outbox.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** What was imported is seen by the same people as what is written live. */
@MessagingTest
class ImportedTeamsTest {

    private static final String HEADER =
            "message_id,conversation_id,client_id,provider_id,sender_role,sent_at,kind,answering_for";

    @Autowired
    Api api;

    @Value("${replymeter.events.topic}")
    String topic;

    final UUID client = UUID.randomUUID();
    final UUID shop = UUID.randomUUID();
    final UUID member = UUID.randomUUID();
    final UUID conversation = UUID.randomUUID();
    final Instant start = Instant.now().minus(Duration.ofDays(5)).truncatedTo(ChronoUnit.MICROS);

    @Test
    void whatAMemberAnsweredIsTheShops() {
        UUID answer = UUID.randomUUID();
        imports(row(UUID.randomUUID(), "CLIENT", 0, "HUMAN"), row(answer, "PROVIDER", 1, "HUMAN"));

        JsonNode shown = messages(client).path("messages").path(0);
        assertThat(shown.path("senderId").asString()).isEqualTo(member.toString());
        assertThat(shown.path("providerId").asString()).isEqualTo(shop.toString());
        assertThat(shown.path("recipientId").asString()).isEqualTo(client.toString());
        assertThat(messages(client).path("messages").path(1).has("providerId")).isFalse();
        api.problem(
                404,
                "conversation-not-found",
                api.get(Api.user(member), "/api/v1/conversations/{id}/messages", conversation));
        assertThat(api.delete(Api.user(shop), "/api/v1/messages/{id}", answer)).hasStatus(204);
    }

    @Test
    void anImportedNoteIsTheShopsAndChangesNothingThatItsClientSees() {
        imports(row(UUID.randomUUID(), "CLIENT", 0, "HUMAN"));
        String list = list();
        JsonNode before = messages(client);

        UUID note = UUID.randomUUID();
        imports(row(note, "PROVIDER", 1, "NOTE"));

        assertThat(list()).isEqualTo(list);
        assertThat(messages(client)).isEqualTo(before);
        assertThat(messages(shop).path("messages")).hasSize(2);
        api.problem(404, "message-not-found", api.delete(Api.user(client), "/api/v1/messages/{id}", note));
    }

    @Test
    void importedNotesLeaveNoGaps() {
        imports(
                row(UUID.randomUUID(), "PROVIDER", 0, "NOTE"),
                row(UUID.randomUUID(), "CLIENT", 1, "HUMAN"),
                row(UUID.randomUUID(), "PROVIDER", 2, "NOTE"),
                row(UUID.randomUUID(), "PROVIDER", 3, "HUMAN"),
                row(UUID.randomUUID(), "PROVIDER", 4, "NOTE"));

        assertThat(messages(client)
                        .path("messages")
                        .valueStream()
                        .map(message -> message.path("sequence").asLong()))
                .containsExactly(2L, 1L);
        assertThat(messages(shop)
                        .path("messages")
                        .valueStream()
                        .map(message -> message.path("sequence").asLong()))
                .containsExactly(2L, 2L, 1L, 1L, 1L);
        assertThat(list()).contains(start.plusSeconds(3).toString());
        try (TopicReader reader = new TopicReader(topic)) {
            assertThat(reader.of(conversation, 5))
                    .extracting(event -> ((MessageCreated) event).sequence())
                    .containsExactly(null, 1L, null, 2L, null);
        }
    }

    @Test
    void aConversationOfNotesAloneIsNotThereForItsClient() {
        imports(row(UUID.randomUUID(), "PROVIDER", 0, "NOTE"));

        assertThat(list()).doesNotContain(conversation.toString());
        api.problem(
                404,
                "conversation-not-found",
                api.get(Api.user(client), "/api/v1/conversations/{id}/messages", conversation));
    }

    private String row(UUID message, String sender, int seconds, String kind) {
        return String.join(
                ",",
                message.toString(),
                conversation.toString(),
                client.toString(),
                member.toString(),
                sender,
                start.plusSeconds(seconds).toString(),
                kind,
                shop.toString());
    }

    private void imports(String... rows) {
        MvcTestResult report = api.http()
                .post()
                .uri("/api/v1/imports")
                .with(Api.admin())
                .contentType(MediaType.parseMediaType("text/csv"))
                .content(HEADER + "\n" + String.join("\n", rows))
                .exchange();
        assertThat(api.json(200, report).path("imported").asInt()).isEqualTo(rows.length);
    }

    private String list() {
        return api.text(api.get(Api.user(client), "/api/v1/conversations"));
    }

    private JsonNode messages(UUID user) {
        return api.json(200, api.get(Api.user(user), "/api/v1/conversations/{id}/messages", conversation));
    }
}
