package io.replymeter.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.embedded.TestServers;
import io.replymeter.events.Event;
import io.replymeter.events.EventCodec;
import io.replymeter.events.InvalidEvent;
import io.replymeter.messaging.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning, as any consumer of the events would. */
public final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final EventCodec codec = new EventCodec();
    private final List<Event> events = new ArrayList<>();

    /** @param topic on the broker of this JVM's tests */
    public TopicReader(String topic) {
        this(TestServers.kafka().bootstrapServers(), topic);
    }

    TopicReader(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "allow.auto.create.topics",
                        false,
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic, Patience.LIMIT).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Every event so far, in the order of their partitions, once there are {@code enough}. */
    public List<Event> until(Predicate<List<Event>> enough) {
        long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
        while (!enough.test(events)) {
            assertThat(System.nanoTime())
                    .as("Only %s events within %s", events.size(), Patience.LIMIT)
                    .isLessThan(deadline);
            consumer.poll(Duration.ofMillis(100)).forEach(this::take);
        }
        return events;
    }

    /** The events of one conversation, once there are {@code count}. */
    public List<Event> of(UUID conversation, int count) {
        until(all -> ofOnly(conversation).size() >= count);
        return ofOnly(conversation);
    }

    private List<Event> ofOnly(UUID conversation) {
        return events.stream()
                .filter(event -> event.conversationId().equals(conversation))
                .toList();
    }

    private void take(ConsumerRecord<String, byte[]> event) {
        try {
            Event decoded = codec.decode(event.value()).orElseThrow();
            assertThat(event.key()).isEqualTo(decoded.conversationId().toString());
            events.add(decoded);
        } catch (InvalidEvent e) {
            throw new AssertionError("The outbox sent an event that breaks the contract", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
