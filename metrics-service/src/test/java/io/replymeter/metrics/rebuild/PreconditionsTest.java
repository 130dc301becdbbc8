package io.replymeter.metrics.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.Role;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import io.replymeter.metrics.comparison.Differences.ProviderDifference;
import io.replymeter.metrics.generation.RebuildState;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a rebuild needs of the topic and of the disk, before it starts and while it runs. */
class PreconditionsTest {

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();
    private final TestLog log = new TestLog(topic.name());
    private final UUID provider = UUID.randomUUID();
    private final Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void tooShortAHistoryIsRefusedUnlessItIsAccepted() {
        try (Instance instance = Instance.start(database, topic)) {
            Ops ops = Ops.of(instance);
            UUID conversation = TestTopic.conversationIn(3);
            UUID client = UUID.randomUUID();
            log.append(TestLog.message(conversation, client, Role.CLIENT, provider, anHourAgo));
            log.append(TestLog.message(conversation, provider, Role.PROVIDER, client, anHourAgo.plusSeconds(60)));
            log.append(TestLog.message(TestTopic.conversationIn(4), client, Role.CLIENT, provider, anHourAgo));
            awaitInquiries(2, ops);
            topic.removeBefore(3, 1);

            await().atMost(Ops.PATIENCE)
                    .untilAsserted(() -> assertThat(Ops.refusal(ops::start))
                            .contains("The topic holds every record only from", "count 2 inquiries"));

            int rebuilt = ops.start(null, null, true);
            RebuildView ready = ops.await(rebuilt, RebuildState.READY);
            assertThat(ready.acceptTruncatedHistory()).isTrue();
            assertThat(ops.verification(rebuilt).differences()).isEqualTo(3);
            assertThat(ops.verification(rebuilt).beganBeforeTopic()).isEqualTo(3);
            assertThat(ops.api().differences(rebuilt).rows())
                    .allMatch(row -> row.key().contains(conversation.toString())
                            || row.layer().equals("dailyMetrics"));
            assertThat(ops.api().differences(rebuilt).providers())
                    .isNotEmpty()
                    .allMatch(ProviderDifference::beganBeforeTopic);
        }
    }

    @Test
    void tooLittleDiskIsRefused() {
        try (Instance instance = Instance.start(database, topic, "--replymeter.rebuild.database-capacity=1MB")) {
            assertThat(Ops.refusal(() -> Ops.of(instance).start())).contains("0 are free");
        }
    }

    @Test
    void aRecreatedTopicFailsTheRebuildAndTheNextOneNeedsNoLiveSide() {
        try (Instance instance = Instance.start(database, topic)) {
            Ops ops = Ops.of(instance);
            log.inquiry(provider, anHourAgo, null);
            awaitInquiries(1, ops);
            int live = ops.active();
            int overtaken = ops.start();

            topic.delete();
            await().atMost(Ops.PATIENCE).ignoreExceptions().until(() -> {
                topic.recreate();
                return true;
            });

            assertThat(ops.await(overtaken, RebuildState.FAILED).reason()).contains("was recreated");
            ops.clear();
            log.inquiry(provider, anHourAgo, null);
            log.inquiry(provider, anHourAgo, null);
            int rebuilt = ops.startAndAwaitReady();
            assertThat(ops.verification(rebuilt).obstacle())
                    .contains("live generation cannot be read on", "was recreated");
            assertThat(Ops.refusal(() -> ops.api().switchTo(rebuilt, null))).contains("Nothing could be compared");
            ops.acceptAndSwitchTo(rebuilt);
            ops.api().drop(live);
            await().atMost(Ops.PATIENCE).until(() -> ops.api().get(live).times().removedAt() != null);
            awaitInquiries(2, ops);
        }
    }

    @Test
    void recordsThatTheBrokerLostAreNotWaitedFor() {
        try (Instance instance = Instance.start(database, topic)) {
            Ops ops = Ops.of(instance);
            log.inquiry(provider, anHourAgo, null);
            awaitInquiries(1, ops);
            String readFurther = "UPDATE partition_offset SET next_offset = next_offset + 100 WHERE generation = ?";
            ops.jdbc().sql(readFurther).param(ops.active()).update();

            int rebuilt = ops.startAndAwaitReady();

            assertThat(ops.verification(rebuilt).obstacle())
                    .contains("live generation cannot be read on", "records were lost");
            ops.jdbc().sql(readFurther).param(rebuilt).update();
            assertThat(ops.await(rebuilt, RebuildState.FAILED).reason()).contains("records were lost");
        }
    }

    @Test
    void aReplayOvertakenByTheRetentionFails() {
        try (Instance instance = Instance.start(database, topic)) {
            Ops ops = Ops.of(instance);
            for (int i = 0; i < 20; i++) {
                log.append(TestLog.message(
                        TestTopic.conversationIn(3), UUID.randomUUID(), Role.CLIENT, provider, anHourAgo));
            }
            awaitInquiries(20, ops);
            int overtaken = ops.start(null, 1, false);

            topic.removeBefore(3, 20);

            assertThat(ops.await(overtaken, RebuildState.FAILED).reason())
                    .contains("were removed before they were read");
            assertThat(ops.api().get(ops.active()).lag()).isZero();
        }
    }

    @Test
    void partitionsAddedMeanwhileAreReadToo() {
        try (Instance instance =
                Instance.start(database, topic, "--spring.kafka.consumer.properties.metadata.max.age.ms=500")) {
            Ops ops = Ops.of(instance);
            for (int i = 0; i < 50; i++) {
                log.inquiry(provider, anHourAgo, null);
            }
            awaitInquiries(50, ops);
            int rebuilt = ops.start(null, 10, false);

            topic.addPartitions(2);
            await().atMost(Ops.PATIENCE)
                    .until(() ->
                            ops.number("SELECT count(*) FROM partition_offset WHERE generation = ?", rebuilt) == 14);
            ops.api().throttle(rebuilt, new RebuildController.ThrottleRequest(null));

            ops.await(rebuilt, RebuildState.READY);
            assertThat(ops.verification(rebuilt).isClean()).isTrue();
        }
    }

    private void awaitInquiries(int expected, Ops ops) {
        await().atMost(Ops.PATIENCE)
                .until(() -> ops.number(
                                "SELECT count(*) FROM inquiry JOIN active_generation USING (generation)"
                                        + " WHERE provider_id = ?",
                                provider)
                        == expected);
    }
}
