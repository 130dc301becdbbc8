package io.replymeter.metrics;

import io.replymeter.embedded.TestServers;
import io.replymeter.events.Event;
import io.replymeter.events.EventCodec;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to the topic of a test as a messaging system would. */
public final class TestLog implements AutoCloseable {

    private final EventCodec codec = new EventCodec();
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    public TestLog(String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A client's message, and if {@code respondedAt} is not null its provider's, in a conversation of their own. */
    public UUID inquiry(UUID provider, Instant openedAt, @org.jspecify.annotations.Nullable Instant respondedAt) {
        UUID conversation = UUID.randomUUID();
        UUID client = UUID.randomUUID();
        append(message(conversation, client, Role.CLIENT, provider, openedAt));
        if (respondedAt != null) {
            append(message(conversation, provider, Role.PROVIDER, client, respondedAt));
        }
        return conversation;
    }

    public static MessageCreated message(UUID conversation, UUID sender, Role role, UUID recipient, Instant sentAt) {
        return new MessageCreated(
                UUID.randomUUID(),
                conversation,
                sender,
                role,
                recipient,
                role == Role.CLIENT ? Role.PROVIDER : Role.CLIENT,
                MessageKind.HUMAN,
                sentAt,
                null);
    }

    public void append(Event event) {
        append(MessageEventsTopic.key(event.conversationId()), codec.encode(event));
    }

    /** Returns once the broker has it. */
    public void append(String key, byte[] value) {
        await(producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)));
    }

    /** Returns once the broker has all of them, in this order. */
    public void appendAll(List<? extends Event> events) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Event event : events) {
            byte[] key = MessageEventsTopic.key(event.conversationId()).getBytes(StandardCharsets.UTF_8);
            sent.add(producer.send(new ProducerRecord<>(topic, key, codec.encode(event))));
        }
        producer.flush();
        sent.forEach(TestLog::await);
    }

    private static void await(Future<?> answer) {
        try {
            answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Appends in a transaction, which leaves a mark behind the record. */
    public void appendInTransaction(Event event) {
        try (var transactional = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers(), "transactional.id", topic),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            String key = MessageEventsTopic.key(event.conversationId());
            transactional.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), codec.encode(event)));
            transactional.commitTransaction();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
