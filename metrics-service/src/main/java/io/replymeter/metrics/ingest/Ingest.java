package io.replymeter.metrics.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.Offsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Applies batches of records to a generation's tables: one transaction, a fixed handful of statements, whatever the
 * batch's size. Thread-safe.
 */
@Component
public class Ingest {

    private final TransactionOperations transactions;
    private final Offsets offsets;
    private final Conversations conversations;
    private final Inquiries inquiries;
    private final DailyMetrics dailyMetrics;
    private final Quarantine quarantine;
    private final IgnoredRecords ignoredRecords;
    private final MeterRegistry meters;

    Ingest(
            TransactionOperations transactions,
            Offsets offsets,
            Conversations conversations,
            Inquiries inquiries,
            DailyMetrics dailyMetrics,
            Quarantine quarantine,
            IgnoredRecords ignoredRecords,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.offsets = offsets;
        this.conversations = conversations;
        this.inquiries = inquiries;
        this.dailyMetrics = dailyMetrics;
        this.quarantine = quarantine;
        this.ignoredRecords = ignoredRecords;
        this.meters = meters;
    }

    /**
     * Applies {@code records} and moves the stored offsets past them, all or nothing.
     *
     * @param topicId of the topic that the records come from
     * @param records of one or several partitions, each partition's in offset order
     * @param expected by partition, the offset that this consumer read or wrote last
     * @return by partition, the offset now stored
     * @throws Offsets.OffsetsMoved when another consumer owns one of the partitions: nothing was applied
     * @throws org.springframework.dao.DataAccessException when the database failed: nothing was applied, or the answer to
     *     the commit was lost; the stored offsets tell which
     */
    public Map<Integer, Long> apply(
            Generation generation,
            String topicId,
            List<ConsumerRecord<byte[], byte[]>> records,
            Map<Integer, Long> expected) {
        Timer.Sample time = Timer.start(meters);
        List<Offsets.Step> steps = steps(records, expected);
        MessageBatch batch;
        try {
            batch = write(generation, topicId, records, steps, inquiries::insert);
        } catch (DuplicateKeyException e) {
            // Another partition's batch brought the same conversation, or an inquiry was left when its facts were lost.
            batch = write(generation, topicId, records, steps, inquiries::upsert);
        }
        count(generation, records.size(), batch);
        time.stop(meters.timer("replymeter.ingest.batch", "generation", Integer.toString(generation.number())));
        return steps.stream().collect(Collectors.toMap(Offsets.Step::partition, Offsets.Step::nextOffset));
    }

    private MessageBatch write(
            Generation generation,
            String topicId,
            List<ConsumerRecord<byte[], byte[]>> records,
            List<Offsets.Step> steps,
            BiConsumer<Integer, List<Inquiry>> writeOpened) {
        MessageBatch batch = MessageBatch.of(records, generation);
        transactions.executeWithoutResult(transaction -> write(generation, topicId, batch, steps, writeOpened));
        return batch;
    }

    private void write(
            Generation generation,
            String topicId,
            MessageBatch batch,
            List<Offsets.Step> steps,
            BiConsumer<Integer, List<Inquiry>> writeOpened) {
        int number = generation.number();
        Ruleset ruleset = generation.ruleset();
        offsets.advance(number, topicId, steps);
        batch.fold(conversations.lock(number, batch.conversationIds()));
        conversations.insert(number, batch.created(), ruleset);
        conversations.update(number, batch.changed(), ruleset);
        inquiries.delete(number, batch.removed());
        writeOpened.accept(number, batch.opened());
        inquiries.upsert(number, batch.answered());
        quarantine.add(topicId, batch.refused());
        ignoredRecords.add(number, batch.ignored());
        // Last, because other partitions' batches wait for its locks until this transaction ends.
        dailyMetrics.add(number, batch.daily());
    }

    private static List<Offsets.Step> steps(List<ConsumerRecord<byte[], byte[]>> records, Map<Integer, Long> expected) {
        Map<Integer, Reach> reached = new java.util.TreeMap<>();
        for (ConsumerRecord<?, ?> record : records) {
            reached.computeIfAbsent(record.partition(), partition -> new Reach(partition, expected.get(partition)))
                    .add(record);
        }
        return reached.values().stream().map(Reach::step).toList();
    }

    /** How far a batch comes in one partition. */
    private static final class Reach {

        private final int partition;
        private final long expectedOffset;
        private long nextOffset;
        private long appendedUntilMillis = Long.MIN_VALUE;

        Reach(int partition, @Nullable Long expectedOffset) {
            if (expectedOffset == null) {
                throw new IllegalStateException("Partition " + partition + " has no stored offset here");
            }
            this.partition = partition;
            this.expectedOffset = expectedOffset;
        }

        void add(ConsumerRecord<?, ?> record) {
            if (record.offset() < expectedOffset) {
                throw new IllegalStateException("Offset " + record.offset() + " of partition " + partition
                        + " does not follow the stored " + expectedOffset);
            }
            nextOffset = record.offset() + 1;
            appendedUntilMillis = Math.max(appendedUntilMillis, record.timestamp());
        }

        Offsets.Step step() {
            return new Offsets.Step(
                    partition, expectedOffset, nextOffset, TimeUnit.MILLISECONDS.toMicros(appendedUntilMillis));
        }
    }

    private void count(Generation generation, int records, MessageBatch batch) {
        String number = Integer.toString(generation.number());
        meters.counter("replymeter.ingest.records", "generation", number).increment(records);
        batch.ignored()
                .forEach((key, ignored) -> meters.counter(
                                "replymeter.ingest.ignored",
                                "generation",
                                number,
                                "reason",
                                key.reason().name())
                        .increment(ignored));
        batch.refused()
                .forEach(entry -> meters.counter(
                                "replymeter.ingest.quarantined",
                                "generation",
                                number,
                                "reason",
                                entry.refused().reason().name())
                        .increment());
    }
}
