package io.replymeter.faults.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.replymeter.metrics.oracle.log.HostileRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Other messaging systems, which write to the topic themselves: what happened in the last weeks, late, twice, and broken. */
final class OtherProducers implements AutoCloseable {

    /** Between two batches: the load is steady. */
    private static final long PAUSE_MILLIS = 500;

    private static final int BROKEN_PERCENT = 6;

    private final String topic;
    private final Journal journal;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<UUID> providers;

    OtherProducers(String bootstrapServers, String topic, List<UUID> providers, Journal journal) {
        this.topic = topic;
        this.providers = providers;
        this.journal = journal;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "delivery.timeout.ms", 600_000, "max.block.ms", 600_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Whom these messages are to. */
    static List<UUID> newProviders() {
        return IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID()).toList();
    }

    void run(Random random, Load.Turns turns, BooleanSupplier isOver) throws InterruptedException {
        HostileRecords hostile = new HostileRecords(random.nextLong());
        while (!isOver.getAsBoolean()) {
            turns.take(() -> {
                for (String value : conversation(random)) {
                    send(value.getBytes(UTF_8), false);
                }
                if (random.nextInt(100) < BROKEN_PERCENT) {
                    send(hostile.nextBroken(), true);
                }
            });
            Thread.sleep(PAUSE_MILLIS); // The load's rate: nothing is awaited.
        }
    }

    private void send(byte[] value, boolean isBroken) throws InterruptedException {
        String text = new String(value, ISO_8859_1);
        journal.sending(text, isBroken);
        try {
            producer.send(new ProducerRecord<>(topic, value)).get();
            journal.sent(text);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker took no record", e);
        }
    }

    /** A question of the last three weeks, perhaps its answer, a copy, an excuse and a deletion, in any order. */
    private List<String> conversation(Random random) {
        UUID conversation = id(random);
        UUID client = id(random);
        UUID provider = providers.get(random.nextInt(providers.size()));
        UUID question = id(random);
        Instant askedAt = Instant.now()
                .minusSeconds(random.nextInt((int) Duration.ofDays(20).toSeconds()));
        List<String> events = new ArrayList<>();
        events.add(message(question, conversation, client, "CLIENT", provider, "PROVIDER", askedAt));
        if (random.nextInt(3) > 0) {
            Instant answeredAt = askedAt.plusSeconds(random.nextInt(200_000));
            Instant now = Instant.now();
            events.add(message(
                    id(random),
                    conversation,
                    provider,
                    "PROVIDER",
                    client,
                    "CLIENT",
                    answeredAt.isAfter(now) ? now : answeredAt));
        }
        if (random.nextInt(8) == 0) {
            String by = random.nextBoolean() ? "PROVIDER" : "PLATFORM";
            events.add(of("InquiryExcused", conversation, question) + ",\"reason\":\"SPAM\",\"excusedBy\":\"" + by
                    + "\",\"excusedAt\":\"" + askedAt.plusSeconds(60) + "\"}");
        }
        if (random.nextInt(12) == 0) {
            events.add(of("MessageDeleted", conversation, question) + ",\"deletedAt\":\"" + askedAt.plusSeconds(90)
                    + "\"}");
        }
        Collections.shuffle(events, random);
        return events;
    }

    private static String message(
            UUID id, UUID conversation, UUID sender, String role, UUID recipient, String other, Instant sentAt) {
        return of("MessageCreated", conversation, id) + ",\"senderId\":\"" + sender + "\",\"senderRole\":\"" + role
                + "\",\"recipientId\":\"" + recipient + "\",\"recipientRole\":\"" + other + "\",\"sentAt\":\"" + sentAt
                + "\"}";
    }

    private static String of(String type, UUID conversation, UUID message) {
        return "{\"type\":\"" + type + "\",\"version\":1,\"conversationId\":\"" + conversation + "\",\"messageId\":\""
                + message + '"';
    }

    private static UUID id(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
