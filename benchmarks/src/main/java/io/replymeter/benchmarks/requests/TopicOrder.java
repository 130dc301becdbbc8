package io.replymeter.benchmarks.requests;

import static java.util.stream.Collectors.toSet;

import io.replymeter.events.Event;
import io.replymeter.events.EventCodec;
import io.replymeter.events.InvalidEvent;
import io.replymeter.events.MessageCreated;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Whether each conversation's messages stand in a topic in the order in which they were committed, none missing. */
final class TopicOrder {

    private static final EventCodec CODEC = new EventCodec();

    private TopicOrder() {}

    /** A sentence about it. */
    static String of(String bootstrapServers, String topic) throws InvalidEvent {
        Map<UUID, Long> sequences = new HashMap<>();
        long messages = 0;
        long misplaced = 0;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "key.deserializer", ByteArrayDeserializer.class,
                "value.deserializer", ByteArrayDeserializer.class);
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
            Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .collect(toSet());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            while (!ends.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    messages++;
                    misplaced += isNext(CODEC.decode(record.value()).orElseThrow(), sequences) ? 0 : 1;
                }
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
        }
        return "%,d messages of %,d conversations, %,d of them out of order"
                .formatted(messages, sequences.size(), misplaced);
    }

    private static boolean isNext(Event event, Map<UUID, Long> sequences) {
        MessageCreated message = (MessageCreated) event;
        long expected = sequences.getOrDefault(message.conversationId(), 0L) + 1;
        sequences.put(message.conversationId(), expected);
        return message.sequence() != null && message.sequence() == expected;
    }
}
