package io.replymeter.metrics.consume;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestTopic;
import io.replymeter.metrics.oracle.log.HostileRecords;
import io.replymeter.metrics.oracle.log.HostileRecords.Hostile;
import io.replymeter.metrics.oracle.log.HostileRecords.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each record of a flood of hostile ones is quarantined, ignored or applied, as the contract says, and none blocks. */
class HostileRecordsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int RECORDS = 6_000;

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();

    static LongStream seeds() {
        return LongStream.of(1, 2);
    }

    private record Sent(Hostile record, int partition, long offset) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachIsAccountedForAsPredicted(long seed) throws Exception {
        try (Instance instance = Instance.start(database, topic)) {
            JdbcClient jdbc = instance.bean(JdbcClient.class);
            List<Sent> sent = send(new HostileRecords(seed), new Random(seed));

            await().atMost(PATIENCE)
                    .until(() -> number(jdbc, "SELECT coalesce(sum(next_offset), 0) FROM partition_offset") == RECORDS);

            assertThat(quarantined(jdbc)).isEqualTo(places(sent));
            assertThat(ignored(jdbc))
                    .isEqualTo(sent.stream()
                            .filter(one -> one.record().outcome() == Outcome.IGNORED)
                            .collect(groupingBy(one -> one.record().reason(), counting())));
            assertThat(number(jdbc, "SELECT count(*) FROM inquiry"))
                    .isEqualTo(sent.stream()
                            .filter(one -> one.record().outcome() == Outcome.APPLIED)
                            .count());
        }
    }

    /** To any partition, whatever the key. */
    private List<Sent> send(HostileRecords records, Random random) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers(), "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Hostile> all = new ArrayList<>();
            List<Future<RecordMetadata>> answers = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                Hostile record = records.next();
                int partition = random.nextInt(MessageEventsTopic.PARTITIONS);
                all.add(record);
                answers.add(producer.send(new ProducerRecord<>(topic.name(), partition, record.key(), record.value())));
            }
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                RecordMetadata place = answers.get(i).get();
                sent.add(new Sent(all.get(i), place.partition(), place.offset()));
            }
            return sent;
        }
    }

    private static Map<String, String> places(List<Sent> sent) {
        Map<String, String> places = new HashMap<>();
        for (Sent one : sent) {
            if (one.record().outcome() == Outcome.QUARANTINED) {
                places.put(one.partition() + "@" + one.offset(), one.record().reason());
            }
        }
        return places;
    }

    private static Map<String, String> quarantined(JdbcClient jdbc) {
        Map<String, String> places = new HashMap<>();
        jdbc.sql("SELECT partition, record_offset, reason FROM quarantine").query(row -> {
            places.put(row.getInt("partition") + "@" + row.getLong("record_offset"), row.getString("reason"));
        });
        return places;
    }

    private static Map<String, Long> ignored(JdbcClient jdbc) {
        Map<String, Long> records = new HashMap<>();
        jdbc.sql("SELECT reason, sum(records) AS records FROM ignored_records GROUP BY reason")
                .query(row -> {
                    records.put(row.getString("reason"), row.getLong("records"));
                });
        return records;
    }

    private static long number(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
