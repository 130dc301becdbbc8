package io.replymeter.metrics.oracle.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.replymeter.events.EventCodec;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.ingest.Ingest;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.oracle.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Hands records to the service as its own consumer does: as bytes, in batches, with ascending offsets in each partition. A
 * batch that met another one is tried again. Not thread-safe; several may feed the service, but not from one partition.
 */
final class LogConsumer {

    private static final String TOPIC = "test";

    private final EventCodec codec = new EventCodec();
    private final Generation generation;
    private final Ingest ingest;
    private final PartitionOffsets offsets;
    private final Map<Integer, Long> stored = new HashMap<>();

    LogConsumer(Generation generation, Ingest ingest, PartitionOffsets offsets) {
        this.generation = generation;
        this.ingest = ingest;
        this.offsets = offsets;
    }

    /** As one batch, in this order. */
    void apply(List<LogRecord> batch) {
        Map<Integer, Long> next = new HashMap<>();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (LogRecord record : batch) {
            long offset = next.computeIfAbsent(record.partition(), this::stored);
            records.add(bytes(
                    record.partition(),
                    offset,
                    record.appendedAt(),
                    MessageEventsTopic.key(record.event().conversationId()),
                    codec.encode(record.event())));
            next.put(record.partition(), offset + 1);
        }
        write(records);
    }

    /** A record of any value, alone in its batch; null for a record without one. */
    void apply(Instant appendedAt, byte @Nullable [] value) {
        write(List.of(bytes(0, stored(0), appendedAt, "key", value)));
    }

    private long stored(int partition) {
        return stored.computeIfAbsent(partition, unread -> {
            offsets.beginMissing(generation.number(), TOPIC, Map.of(partition, 0L));
            return requireNonNull(offsets.of(generation.number()).get(partition))
                    .nextOffset();
        });
    }

    private static ConsumerRecord<byte[], byte[]> bytes(
            int partition, long offset, Instant appendedAt, String key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                offset,
                appendedAt.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                key.getBytes(UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private void write(List<ConsumerRecord<byte[], byte[]>> records) {
        while (true) {
            try {
                stored.putAll(ingest.apply(generation, TOPIC, records, stored));
                return;
            } catch (DuplicateKeyException | ConcurrencyFailureException met) {
                // Nothing was applied: another batch changed the same conversation at the same time.
                Thread.yield();
            }
        }
    }
}
