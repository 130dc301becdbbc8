package io.replymeter.metrics.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.Role;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing is guessed at: what to do about records that are gone is for somebody to decide, and the health check asks. */
class APartitionWithoutItsRecordsIsStoppedTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();
    private final TestLog log = new TestLog(topic.name());
    private final UUID provider = UUID.randomUUID();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void everyPartitionOfARecreatedTopicIsStopped() {
        try (Instance instance = Instance.start(database, topic)) {
            inquiryIn(0);
            awaitInquiries(1, instance);

            topic.delete();
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                topic.recreate();
                return true;
            });
            awaitHealth("0=the topic was recreated", instance);
            awaitHealth("7=the topic was recreated", instance);

            inquiryIn(0);
            await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> inquiries(instance) == 1);
        }
    }

    @Test
    void recordsThatWereRemovedBeforeTheyWereReadStopTheirPartitionAndNoOther() {
        try (Instance instance = Instance.start(database, topic)) {
            inquiryIn(3);
            awaitInquiries(1, instance);
        }
        inquiryIn(3);
        inquiryIn(3);
        topic.removeBefore(3, 2);

        try (Instance instance = Instance.start(database, topic)) {
            inquiryIn(4);

            awaitHealth("records from offset 1 to 1 of partition 3 were removed", instance);
            awaitInquiries(2, instance);
        }
    }

    private void inquiryIn(int partition) {
        log.append(TestLog.message(
                TestTopic.conversationIn(partition), UUID.randomUUID(), Role.CLIENT, provider, Instant.now()));
    }

    private static void awaitHealth(String reason, Instance instance) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(health(instance).getStatus()).isEqualTo(Status.DOWN);
            assertThat(health(instance).getDetails().toString()).contains(reason);
        });
    }

    private static Health health(Instance instance) {
        return instance.bean(IngestHealthIndicator.class).health();
    }

    private void awaitInquiries(int expected, Instance instance) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inquiries(instance)).isEqualTo(expected));
    }

    private int inquiries(Instance instance) {
        return instance.bean(JdbcClient.class)
                .sql("SELECT count(*) FROM inquiry WHERE provider_id = ?")
                .param(provider)
                .query(Integer.class)
                .single();
    }
}
