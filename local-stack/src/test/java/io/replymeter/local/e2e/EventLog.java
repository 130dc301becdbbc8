package io.replymeter.local.e2e;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.awaitility.Awaitility.await;

import io.replymeter.events.MessageEventsTopic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the topic without any code of the services, and how far metrics-service has applied it. */
final class EventLog {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String GROUP = "replymeter-metrics-1";

    private final Map<String, Object> settings;

    EventLog(String bootstrapServers) {
        this.settings = Map.of("bootstrap.servers", bootstrapServers);
    }

    /** An event with its partition and offset. */
    record Event(TopicPartition partition, long offset, JsonNode value) {

        String type() {
            return value.path("type").asString("");
        }

        long sequence() {
            return value.path("sequence").asLong();
        }
    }

    /** All events of a conversation so far, in the order of the topic. */
    List<Event> of(String conversationId) {
        return read(event -> event.value().path("conversationId").asString("").equals(conversationId));
    }

    /** All events so far, those of a partition in order. */
    List<Event> all() {
        return read(event -> true);
    }

    /** Waits until an event of {@code type} in the conversation of {@code message} has been applied to the metrics. */
    void awaitApplied(String type, JsonNode message) {
        String conversation = message.path("conversationId").asString();
        Event event = await().pollInterval(ofMillis(300))
                .until(
                        () -> of(conversation).stream()
                                .filter(candidate -> candidate.type().equals(type))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        await().pollInterval(ofMillis(100)).until(() -> applied(event));
    }

    /** Waits until the topic holds {@code atLeast} records and all of them have been applied. */
    void awaitAllApplied(long atLeast) {
        await().atMost(ofMinutes(20)).pollInterval(ofMillis(500)).until(() -> {
            Map<TopicPartition, Long> ends = ends();
            Map<TopicPartition, OffsetAndMetadata> applied = appliedOffsets();
            return total(ends) >= atLeast
                    && ends.entrySet().stream()
                            .allMatch(end -> end.getValue() == 0
                                    || (applied.get(end.getKey()) != null
                                            && applied.get(end.getKey()).offset() >= end.getValue()));
        });
    }

    /** How many records the topic holds. */
    long size() {
        return total(ends());
    }

    private static long total(Map<TopicPartition, Long> ends) {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    private boolean applied(Event event) {
        OffsetAndMetadata offset = appliedOffsets().get(event.partition());
        return offset != null && offset.offset() > event.offset();
    }

    private Map<TopicPartition, OffsetAndMetadata> appliedOffsets() {
        try (Admin admin = Admin.create(settings)) {
            return admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer));
        }
    }

    private List<Event> read(Predicate<Event> filter) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Event> events = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(ofMillis(200)).forEach(record -> events.add(event(record)));
                events.removeIf(filter.negate());
            }
            return events;
        }
    }

    private static Event event(ConsumerRecord<byte[], byte[]> record) {
        String value = new String(record.value(), StandardCharsets.UTF_8);
        return new Event(new TopicPartition(record.topic(), record.partition()), record.offset(), JSON.readTree(value));
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        return consumer.partitionsFor(MessageEventsTopic.NAME).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
