package io.replymeter.metrics.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.EventCodec;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.events.Role;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import io.replymeter.metrics.consume.StalledPartitions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class AnOpenTransactionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITION = 3;

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();

    @Test
    void nobodyClaimsToKnowWhatItHolds() throws Exception {
        try (TestLog log = new TestLog(topic.name());
                Instance instance = Instance.start(database, topic, "--replymeter.ingest.stalled-after=2s");
                KafkaProducer<byte[], byte[]> producer = producer()) {
            log.append(question());
            awaitWatermark(Instant.now(), instance);

            producer.initTransactions();
            producer.beginTransaction();
            MessageCreated question = question();
            byte[] key = MessageEventsTopic.key(question.conversationId()).getBytes(StandardCharsets.UTF_8);
            Instant appended = Instant.ofEpochMilli(
                    producer.send(new ProducerRecord<>(topic.name(), key, new EventCodec().encode(question)))
                            .get()
                            .timestamp());
            Topic watched = instance.bean(Topic.class);
            Instant asked = Instant.now();
            await().atMost(PATIENCE)
                    .until(() -> watched.state().orElseThrow().asOf().isAfter(asked));
            await().during(Duration.ofSeconds(1))
                    .atMost(PATIENCE)
                    .until(() -> watermark(instance).isBefore(appended));
            StalledPartitions stalled = instance.bean(StalledPartitions.class);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stalled.reasons()).hasSize(1));
            assertThat(stalled.reasons().get(PARTITION)).contains("waits for an open transaction");

            producer.commitTransaction();
            awaitWatermark(Instant.now(), instance);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stalled.reasons()).isEmpty());
        }
    }

    private static MessageCreated question() {
        return TestLog.message(
                TestTopic.conversationIn(PARTITION), UUID.randomUUID(), Role.CLIENT, UUID.randomUUID(), Instant.now());
    }

    private static void awaitWatermark(Instant reached, Instance instance) {
        await().atMost(PATIENCE).until(() -> watermark(instance).isAfter(reached));
    }

    private static Instant watermark(Instance instance) {
        return instance.bean(Watermark.class).known().getOrDefault(1, Instant.MIN);
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        TestServers.kafka().bootstrapServers(),
                        "transactional.id",
                        UUID.randomUUID().toString()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
