package io.replymeter.faults.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.toMap;

import io.replymeter.faults.check.Snapshot.Place;
import io.replymeter.faults.check.Snapshot.TopicRecord;
import io.replymeter.faults.stack.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topic, past everything that is broken on purpose. */
final class TopicReader {

    private final Cluster cluster;
    private final String topic;

    TopicReader(Cluster cluster, String topic) {
        this.cluster = cluster;
        this.topic = topic;
    }

    private interface Question<T> {
        T ask(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions);
    }

    /** Changes when it is created anew. */
    String id() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(settings())) {
            var descriptions =
                    admin.describeTopics(List.of(topic)).allTopicNames().get();
            return descriptions.values().iterator().next().topicId().toString();
        }
    }

    /** By partition, the first offset that it still has. */
    Map<Integer, Long> beginnings() {
        return ask((consumer, partitions) -> byPartition(consumer.beginningOffsets(partitions)));
    }

    /** By partition, where it ends now. */
    Map<Integer, Long> ends() {
        return ask((consumer, partitions) -> byPartition(consumer.endOffsets(partitions)));
    }

    /** Those of a partition in order. */
    List<TopicRecord> records() {
        return ask(TopicReader::records);
    }

    private static List<TopicRecord> records(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<TopicRecord> records = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(200))
                    .forEach(record -> records.add(new TopicRecord(
                            new Place(record.partition(), record.offset()),
                            Instant.ofEpochMilli(record.timestamp()),
                            new String(record.value(), ISO_8859_1))));
        }
        return records;
    }

    private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream().collect(toMap(entry -> entry.getKey().partition(), Map.Entry::getValue));
    }

    private <T> T ask(Question<T> question) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            return question.ask(consumer, partitions);
        }
    }

    private Map<String, Object> settings() {
        return Map.of("bootstrap.servers", cluster.kafka().bootstrapServers(), "isolation.level", "read_committed");
    }
}
