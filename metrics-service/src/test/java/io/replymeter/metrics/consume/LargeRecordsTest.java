package io.replymeter.metrics.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.EventCodec;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.Role;
import io.replymeter.metrics.InstanceProcess;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** More than fits into the memory of an instance, in batches that are small while they are compressed. */
class LargeRecordsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PARTITION = 3;
    private static final int TOO_LARGE = 500;
    private static final int PADDED = 4_000;

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();

    @Test
    void theyStopNothing() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer();
                InstanceProcess instance = InstanceProcess.start(database, topic);
                Connection connection = database.connect()) {
            for (int i = 0; i < TOO_LARGE; i++) {
                send(new byte[900_000], producer).get();
            }
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < PADDED; i++) {
                sent.add(send(padded(), producer));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> number("SELECT count(*) FROM inquiry", connection) == PADDED);
            assertThat(number("""
                            SELECT count(*) FROM quarantine
                            WHERE reason = 'TOO_LARGE' AND length(record_value) = 1024 AND detail LIKE '%900000 bytes%'
                            """, connection)).isEqualTo(TOO_LARGE);
            instance.kill();
        }
    }

    /** Kafka decompresses it as a whole, so it has to fit into the old generation at once: G1 has no fixed one. */
    @Test
    void oneThatNeedsMoreThanHalfOfTheHeapStopsNothing() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer();
                InstanceProcess instance = InstanceProcess.start(List.of("-Xmx512m", "-XX:+UseG1GC"), database, topic);
                Connection connection = database.connect()) {
            send(new byte[300_000_000], producer).get();
            send(padded(), producer).get();

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> number("SELECT count(*) FROM inquiry", connection) == 1);
            assertThat(number("""
                            SELECT count(*) FROM quarantine
                            WHERE reason = 'TOO_LARGE' AND detail LIKE '%300000000 bytes%'
                            """, connection)).isEqualTo(1);
            instance.kill();
        }
    }

    /** A message with a field that is unknown and so is ignored. */
    private static byte[] padded() {
        MessageCreated message =
                TestLog.message(UUID.randomUUID(), UUID.randomUUID(), Role.CLIENT, UUID.randomUUID(), Instant.now());
        String json = new String(new EventCodec().encode(message), StandardCharsets.UTF_8);
        return json.replaceFirst("\\{", "{\"padding\":\"" + " ".repeat(60_000) + "\",")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Future<RecordMetadata> send(byte[] value, KafkaProducer<byte[], byte[]> producer) {
        return producer.send(new ProducerRecord<>(topic.name(), PARTITION, null, value));
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        TestServers.kafka().bootstrapServers(),
                        "compression.type",
                        "zstd",
                        "max.request.size",
                        400_000_000,
                        "buffer.memory",
                        800_000_000L),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static int number(String sql, Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getInt(1);
        }
    }
}
