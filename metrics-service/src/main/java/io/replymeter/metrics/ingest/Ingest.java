package io.replymeter.metrics.ingest;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.PartitionOffsets.Step;
import io.replymeter.metrics.tables.Conversations;
import io.replymeter.metrics.tables.DailyMetrics;
import io.replymeter.metrics.tables.Inquiries;
import io.replymeter.tracing.Traces;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Applies batches of records to a generation's tables, each in one transaction of a fixed number of statements, however
 * large the batch is. Thread-safe.
 */
@Component
public class Ingest {

    private final TransactionOperations transactions;
    private final PartitionOffsets offsets;
    private final Conversations conversations;
    private final Inquiries inquiries;
    private final DailyMetrics dailyMetrics;
    private final Quarantine quarantine;
    private final IgnoredRecords ignoredRecords;
    private final MeterRegistry meters;
    private final Traces traces;

    Ingest(
            TransactionOperations transactions,
            PartitionOffsets offsets,
            Conversations conversations,
            Inquiries inquiries,
            DailyMetrics dailyMetrics,
            Quarantine quarantine,
            IgnoredRecords ignoredRecords,
            MeterRegistry meters,
            Traces traces) {
        this.transactions = transactions;
        this.offsets = offsets;
        this.conversations = conversations;
        this.inquiries = inquiries;
        this.dailyMetrics = dailyMetrics;
        this.quarantine = quarantine;
        this.ignoredRecords = ignoredRecords;
        this.meters = meters;
        this.traces = traces;
    }

    /**
     * Applies {@code records} and moves the stored offsets past them, all or nothing.
     *
     * @param topicId the topic that the records were read from
     * @param records of one or several partitions, those of a partition in offset order
     * @param expected by partition, the offset that this consumer read or wrote last
     * @return by partition, the offset that is stored now
     * @throws PartitionOffsets.OffsetsMoved when another consumer owns one of the partitions: nothing was applied
     * @throws io.replymeter.metrics.log.BarrierAhead when a record lies behind a barrier: nothing was applied
     * @throws org.springframework.dao.DataAccessException when the database failed: nothing was applied, or the answer to
     *     the commit was lost; the stored offsets tell which
     */
    public Map<Integer, Long> apply(
            Generation generation,
            String topicId,
            List<ConsumerRecord<byte[], byte[]>> records,
            Map<Integer, Long> expected) {
        return traces.process(
                records,
                generation.number(),
                () -> apply(
                        generation,
                        topicId,
                        MessageBatch.decode(records, generation.ruleset()),
                        steps(records, expected)));
    }

    /**
     * Puts a record that cannot be applied into the quarantine and moves the stored offset past it.
     *
     * @param detail why, without any content
     * @param expected as for {@link #apply}, which also tells what is thrown
     */
    public Map<Integer, Long> refuse(
            Generation generation,
            String topicId,
            ConsumerRecord<byte[], byte[]> record,
            String detail,
            Map<Integer, Long> expected) {
        return apply(generation, topicId, MessageBatch.unprocessable(record, detail), steps(List.of(record), expected));
    }

    private Map<Integer, Long> apply(Generation generation, String topicId, MessageBatch batch, List<Step> steps) {
        Timer.Sample time = Timer.start(meters);
        BatchChanges changes;
        try {
            changes = write(generation, topicId, batch, steps, inquiries::insert);
        } catch (DuplicateKeyException e) {
            // Another partition's batch created the same conversation, or an inquiry outlived the facts behind it.
            changes = write(generation, topicId, batch, steps, inquiries::upsert);
        }
        count(generation, batch.size(), changes);
        time.stop(meters.timer("replymeter.ingest.batch", "generation", Integer.toString(generation.number())));
        return steps.stream().collect(Collectors.toMap(Step::partition, Step::nextOffset));
    }

    private BatchChanges write(
            Generation generation,
            String topicId,
            MessageBatch batch,
            List<Step> steps,
            BiConsumer<Integer, List<Inquiry>> writeOpened) {
        int number = generation.number();
        Ruleset ruleset = generation.ruleset();
        return traces.step(
                "database transaction",
                () -> requireNonNull(transactions.execute(transaction -> {
                    offsets.advance(number, topicId, steps);
                    BatchChanges changes = batch.fold(conversations.lock(number, batch.conversationIds()), generation);
                    conversations.insert(number, changes.created(), ruleset);
                    conversations.update(number, changes.changed(), ruleset);
                    inquiries.delete(number, changes.removed());
                    writeOpened.accept(number, changes.opened());
                    inquiries.upsert(number, changes.answered());
                    quarantine.add(topicId, changes.refused()).forEach(changes::countOnly);
                    ignoredRecords.add(number, changes.ignored());
                    // Last, because the batches of other partitions wait for its locks until this transaction ends.
                    dailyMetrics.add(number, changes.daily());
                    return changes;
                })));
    }

    private static List<Step> steps(List<ConsumerRecord<byte[], byte[]>> records, Map<Integer, Long> expected) {
        Map<Integer, Reach> reached = new TreeMap<>();
        for (ConsumerRecord<?, ?> record : records) {
            reached.computeIfAbsent(record.partition(), partition -> new Reach(partition, expected.get(partition)))
                    .add(record);
        }
        return reached.values().stream().map(Reach::step).toList();
    }

    /** How far a batch reaches in one partition. */
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

        Step step() {
            return new Step(partition, expectedOffset, nextOffset, TimeUnit.MILLISECONDS.toMicros(appendedUntilMillis));
        }
    }

    private void count(Generation generation, int records, BatchChanges changes) {
        String number = Integer.toString(generation.number());
        meters.counter("replymeter.ingest.records", "generation", number).increment(records);
        changes.ignored()
                .forEach((key, ignored) -> meters.counter(
                                "replymeter.ingest.ignored",
                                "generation",
                                number,
                                "reason",
                                key.reason().name())
                        .increment(ignored));
        changes.refused()
                .forEach(entry -> meters.counter(
                                "replymeter.ingest.quarantined",
                                "generation",
                                number,
                                "reason",
                                entry.refused().reason().name())
                        .increment());
    }
}
