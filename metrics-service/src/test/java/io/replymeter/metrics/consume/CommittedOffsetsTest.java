package io.replymeter.metrics.consume;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.events.Role;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import io.replymeter.metrics.log.PartitionOffsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was applied is no lag for long, not even in a partition whose last commit was lost and that gets no more records. */
class CommittedOffsetsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();
    private final String group = topic.name() + "-1";
    private final TestLog log = new TestLog(topic.name());
    private final Map<String, Object> broker =
            Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers());
    private final Admin admin = Admin.create(broker);

    private long appended;

    @AfterEach
    void close() {
        admin.close();
        log.close();
    }

    @Test
    void commitsThatWereLostBeforeAStartAreMadeUpFor() {
        try (Instance instance = Instance.start(database, topic)) {
            appendToEachPartition();
            awaitNoLag(instance);
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            admin.deleteConsumerGroups(List.of(group)).all().get();
            return true;
        });

        try (Instance instance = Instance.start(database, topic)) {
            awaitNoLag(instance);
        }
    }

    /** A consumer goes on with the partitions that it keeps in a rebalance, but its commits are refused until that is over. */
    @Test
    void commitsThatWereRefusedInARebalanceAreMadeUpFor() {
        try (Instance instance = Instance.start(database, topic)) {
            appendToEachPartition();
            awaitNoLag(instance);

            try (KafkaConsumer<?, ?> another = anotherConsumer()) {
                await().atMost(PATIENCE).until(() -> {
                    another.poll(Duration.ZERO);
                    return members() == 3;
                });
                // It does not poll again, so the rebalance is not over before it is closed.
                await().atMost(PATIENCE).until(() -> {
                    appendToEachPartition();
                    return !applied(instance).equals(committed());
                });
            }

            awaitNoLag(instance);
        }
    }

    private void appendToEachPartition() {
        for (int partition = 0; partition < MessageEventsTopic.PARTITIONS; partition++) {
            UUID conversation = TestTopic.conversationIn(partition);
            log.append(TestLog.message(conversation, UUID.randomUUID(), Role.CLIENT, UUID.randomUUID(), Instant.now()));
        }
        appended++;
    }

    private void awaitNoLag(Instance instance) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(applied(instance).values())
                    .hasSize(MessageEventsTopic.PARTITIONS)
                    .containsOnly(appended);
            assertThat(committed()).isEqualTo(applied(instance));
        });
    }

    private static Map<Integer, Long> applied(Instance instance) {
        return instance.bean(PartitionOffsets.class).nextOffsets(1);
    }

    private Map<Integer, Long> committed() throws Exception {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(toMap(
                        entry -> entry.getKey().partition(),
                        entry -> entry.getValue().offset()));
    }

    private int members() throws Exception {
        return requireNonNull(
                        admin.describeConsumerGroups(List.of(group)).all().get().get(group))
                .members()
                .size();
    }

    private KafkaConsumer<?, ?> anotherConsumer() {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put("group.id", group);
        settings.put("enable.auto.commit", false);
        settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic.name()));
        return consumer;
    }
}
