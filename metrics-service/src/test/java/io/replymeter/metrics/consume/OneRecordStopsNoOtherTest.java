package io.replymeter.metrics.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.Role;
import io.replymeter.measurement.Conversation;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class OneRecordStopsNoOtherTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String REFUSE = """
            ALTER TABLE conversation ADD CONSTRAINT refused_by_the_test CHECK (conversation_id <> '%s')
            """;

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();
    private final TestLog log = new TestLog(topic.name());
    private final UUID provider = UUID.randomUUID();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aFullConversationIsNoObstacle() {
        try (Instance instance = Instance.start(database, topic)) {
            UUID crowded = TestTopic.conversationIn(3);
            List<MessageCreated> messages = new ArrayList<>();
            for (int client = 0; client <= Conversation.MOST_THREADS; client++) {
                messages.add(question(crowded));
            }
            messages.add(question(TestTopic.conversationIn(3)));
            log.appendAll(messages);

            awaitInquiries(Conversation.MOST_THREADS + 1, instance);
            assertThat(quarantined(instance)).containsExactly("CONVERSATION_FULL");
        }
    }

    @Test
    void aRecordThatCannotBeAppliedIsQuarantinedAndTheOthersAreApplied() {
        try (Instance instance = Instance.start(database, topic)) {
            UUID refused = TestTopic.conversationIn(3);
            instance.bean(JdbcClient.class).sql(REFUSE.formatted(refused)).update();
            List<MessageCreated> messages = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                messages.add(question(i == 70 ? refused : TestTopic.conversationIn(3)));
            }
            log.appendAll(messages);

            awaitInquiries(99, instance);
            assertThat(quarantined(instance)).containsExactly("UNPROCESSABLE");
            assertThat(instance.bean(JdbcClient.class)
                            .sql("SELECT detail FROM quarantine")
                            .query(String.class)
                            .single())
                    .isEqualTo("org.springframework.dao.DataIntegrityViolationException");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(instance.bean(IngestHealthIndicator.class)
                                    .health()
                                    .getDetails())
                            .containsEntry("unprocessable", 1L));
        }
    }

    private MessageCreated question(UUID conversation) {
        return TestLog.message(conversation, UUID.randomUUID(), Role.CLIENT, provider, Instant.now());
    }

    private static List<String> quarantined(Instance instance) {
        return instance.bean(JdbcClient.class)
                .sql("SELECT reason FROM quarantine")
                .query((row, number) -> row.getString("reason"))
                .list();
    }

    private static void awaitInquiries(int expected, Instance instance) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(instance.bean(JdbcClient.class)
                                .sql("SELECT count(*) FROM inquiry")
                                .query(Integer.class)
                                .single())
                        .isEqualTo(expected));
    }
}
