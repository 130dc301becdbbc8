package io.replymeter.messaging.outbox;

import io.replymeter.events.MessageEventsTopic;
import io.replymeter.tracing.Traces;
import io.replymeter.tracing.Traces.Sending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends batches of events in order; after the first error it sends nothing more. For one thread. */
final class EventSender implements AutoCloseable {

    /**
     * What keeps the order: never give a record up while later ones of its conversation are under way. One request at a
     * time, because a broker that does not know a new producer yet accepts its second batch after refusing its first.
     */
    static final Map<String, Object> IN_ORDER = Map.of(
            "enable.idempotence",
            true,
            "acks",
            "all",
            "retries",
            Integer.MAX_VALUE,
            "max.in.flight.requests.per.connection",
            1,
            "delivery.timeout.ms",
            Integer.MAX_VALUE,
            "max.block.ms",
            10_000,
            // While one request is under way the next ones gather; nothing waits without need.
            "linger.ms",
            0,
            "batch.size",
            131_072);

    private static final long SUSPICIOUS_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long MOMENT_NANOS = Duration.ofMillis(200).toNanos();

    private final EventTopic topic;
    private final Duration acknowledgeWithin;
    private final Traces traces;
    private final Producer<String, byte[]> producer;

    EventSender(EventTopic topic, Duration acknowledgeWithin, Traces traces, Map<String, Object> settings) {
        this(
                topic,
                acknowledgeWithin,
                traces,
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
    }

    EventSender(EventTopic topic, Duration acknowledgeWithin, Traces traces, Producer<String, byte[]> producer) {
        this.topic = topic;
        this.acknowledgeWithin = acknowledgeWithin;
        this.traces = traces;
        this.producer = producer;
    }

    /**
     * Sends {@code rows} and waits until Kafka has acknowledged all of them.
     *
     * @param stillOwner called before each row is sent and while this waits; what it throws ends the sending
     * @throws SendFailed when one was refused or not acknowledged in time; this sender is then of no further use
     */
    void send(List<OutboxRow> rows, Runnable stillOwner) throws SendFailed, InterruptedException {
        try {
            List<Future<RecordMetadata>> underWay = new ArrayList<>(rows.size());
            for (OutboxRow row : rows) {
                stillOwner.run();
                Future<RecordMetadata> sent = send(row);
                if (sent.isDone()) {
                    // Refused before it left, as without metadata: the next one must not overtake it.
                    sent.get();
                }
                underWay.add(sent);
            }
            awaitAcknowledgement(underWay, stillOwner);
        } catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new SendFailed(e.getCause() == null ? e : e.getCause());
        }
    }

    private void awaitAcknowledgement(List<Future<RecordMetadata>> underWay, Runnable stillOwner)
            throws ExecutionException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + acknowledgeWithin.toNanos();
        long suspiciousAt = System.nanoTime() + SUSPICIOUS_NANOS;
        for (Future<RecordMetadata> sent : underWay) {
            while (!isAcknowledged(sent, deadline)) {
                stillOwner.run();
                if (System.nanoTime() > suspiciousAt) {
                    topic.ensureUnchanged();
                    suspiciousAt = System.nanoTime() + SUSPICIOUS_NANOS;
                }
            }
        }
    }

    /** Looks for a moment only. */
    private static boolean isAcknowledged(Future<RecordMetadata> sent, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        long left = deadline - System.nanoTime();
        try {
            sent.get(Math.min(left, MOMENT_NANOS), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            if (left <= MOMENT_NANOS) {
                throw e;
            }
            return false;
        }
    }

    /** Runs in the producer's own thread: closing here drops what is queued before any of it can be sent. */
    private void stopOnError(@Nullable Exception error) {
        if (error != null) {
            producer.close(Duration.ZERO);
        }
    }

    private Future<RecordMetadata> send(OutboxRow row) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic.name(), MessageEventsTopic.key(row.conversationId()), row.event());
        Sending sending = traces.send(record, row.traceparent());
        return producer.send(record, (where, error) -> {
            stopOnError(error);
            sending.end(error);
        });
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
