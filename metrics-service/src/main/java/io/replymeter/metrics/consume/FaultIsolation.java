package io.replymeter.metrics.consume;

import io.replymeter.metrics.consume.BatchApplier.HeldBack;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.ingest.Ingest;
import io.replymeter.metrics.log.BarrierAhead;
import io.replymeter.metrics.log.PartitionOffsets.OffsetsMoved;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/**
 * Applies records at once, or so that none stops another: a batch that fails is applied in halves, until the record that
 * fails stands alone and goes into the quarantine. Used by several consumer threads, each for its own partitions.
 */
final class FaultIsolation {

    private static final Logger log = LoggerFactory.getLogger(FaultIsolation.class);

    /** Then the consumer polls again, as it must to take part in rebalances. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Generation generation;
    private final AssignedPartitions partitions;
    private final Ingest ingest;

    FaultIsolation(Generation generation, AssignedPartitions partitions, Ingest ingest) {
        this.generation = generation;
        this.partitions = partitions;
        this.ingest = ingest;
    }

    /** Whether the records may be what is wrong, and not the database or who owns the partitions. */
    static boolean mayBeOfARecord(Throwable failure) {
        return failure instanceof DataIntegrityViolationException
                ? !(failure instanceof DuplicateKeyException)
                : !(failure instanceof DataAccessException
                        || failure instanceof TransactionException
                        || failure instanceof OffsetsMoved
                        || failure instanceof BarrierAhead);
    }

    /** Applies all of {@code records}, or none. */
    void applyAtOnce(List<ConsumerRecord<byte[], byte[]>> records) {
        String topicId = partitions.topicId(partitionsOf(records));
        partitions.advance(topicId, ingest.apply(generation, topicId, records, partitions.nextOffsets()));
    }

    /** @throws HeldBack when that takes too long: some of the records were applied */
    void applyApart(List<ConsumerRecord<byte[], byte[]>> records) {
        applyApart(records, System.nanoTime() + LONGEST.toNanos());
    }

    private void applyApart(List<ConsumerRecord<byte[], byte[]>> records, long deadline) {
        if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
            throw new HeldBack();
        }
        try {
            applyAtOnce(records);
        } catch (RuntimeException e) {
            if (!mayBeOfARecord(e)) {
                throw e;
            }
            if (records.size() == 1) {
                quarantine(records.get(0), e);
                return;
            }
            int half = records.size() / 2;
            applyApart(records.subList(0, half), deadline);
            applyApart(records.subList(half, records.size()), deadline);
        }
    }

    private void quarantine(ConsumerRecord<byte[], byte[]> record, RuntimeException failure) {
        String topicId = partitions.topicId(Set.of(record.partition()));
        String detail = failure.getClass().getName();
        partitions.advance(topicId, ingest.refuse(generation, topicId, record, detail, partitions.nextOffsets()));
        log.error(
                "Generation {} cannot apply offset {} of partition {}, which is in the quarantine: {}",
                generation.number(),
                record.offset(),
                record.partition(),
                detail);
    }

    private static Set<Integer> partitionsOf(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(ConsumerRecord::partition).collect(Collectors.toSet());
    }
}
