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
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

class StalledPartitionsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String STALLED_AFTER = "--replymeter.ingest.stalled-after=2s";
    private static final String REFUSE = """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON conversation
            FOR EACH ROW WHEN (NEW.conversation_id = '%s') EXECUTE FUNCTION refuse()
            """;

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();

    @Test
    void everyInstanceTellsWhichPartitionStandsStillAndWhy() {
        UUID refused = TestTopic.conversationIn(3);
        try (TestLog log = new TestLog(topic.name());
                Instance consuming = Instance.start(database, topic, STALLED_AFTER);
                Instance answering =
                        Instance.start(database, topic, STALLED_AFTER, "--replymeter.ingest.enabled=false")) {
            JdbcClient jdbc = answering.bean(JdbcClient.class);
            jdbc.sql(REFUSE.formatted(refused)).update();
            log.append(TestLog.message(refused, UUID.randomUUID(), Role.CLIENT, UUID.randomUUID(), Instant.now()));

            awaitHealth(Status.DOWN, "3=at offset 0 of 1 for ", consuming);
            awaitHealth(Status.DOWN, "refused by the test", answering);

            jdbc.sql("DROP FUNCTION refuse CASCADE").update();
            awaitHealth(Status.UP, "{}", consuming);
            awaitHealth(Status.UP, "{}", answering);
        }
    }

    private static void awaitHealth(Status status, String detail, Instance instance) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Health health = instance.bean(IngestHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(status);
            assertThat(health.getDetails().toString()).contains(detail);
        });
    }
}
