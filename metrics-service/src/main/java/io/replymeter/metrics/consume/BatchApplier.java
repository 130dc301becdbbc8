package io.replymeter.metrics.consume;

import static java.util.stream.Collectors.toSet;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.ingest.Ingest;
import io.replymeter.metrics.log.BarrierAhead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Applies polled records to one generation, no faster than its throttle and no further than its barriers. Used by several
 * consumer threads, each for its own partitions.
 */
final class BatchApplier {

    /** How long a barrier is waited for. Then the consumer polls again, as it must to take part in rebalances. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final long CHECK_BARRIERS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int CHUNKS_PER_SECOND = 10;

    private final AssignedPartitions partitions;
    private final FaultIsolation isolation;
    private final @Nullable Integer eventsPerSecond;
    private final Throttle throttle = new Throttle();

    private volatile boolean ended;

    /** @param eventsPerSecond at most, on all instances together; null for no limit */
    BatchApplier(
            Generation generation, AssignedPartitions partitions, Ingest ingest, @Nullable Integer eventsPerSecond) {
        this.partitions = partitions;
        this.isolation = new FaultIsolation(generation, partitions, ingest);
        this.eventsPerSecond = eventsPerSecond;
    }

    /** Ends all waiting. */
    void end() {
        ended = true;
    }

    /** Not all records could be applied yet: they are to be polled again. This is no failure. */
    static final class HeldBack extends RuntimeException {
        HeldBack() {
            super("Not all records could be applied yet", null, false, false);
        }
    }

    /**
     * @param apart whether a record that fails must not stop the others any more
     * @throws HeldBack when only some of the records were applied
     */
    void apply(List<ConsumerRecord<byte[], byte[]>> records, boolean apart) {
        if (eventsPerSecond == null) {
            applyUpToBarriers(records, apart);
            return;
        }
        double perSecond = eventsPerSecond * partitions.share();
        int size = Math.max(1, (int) (perSecond / CHUNKS_PER_SECOND));
        for (int from = 0; from < records.size(); from += size) {
            List<ConsumerRecord<byte[], byte[]>> chunk = records.subList(from, Math.min(records.size(), from + size));
            applyUpToBarriers(chunk, apart);
            nap(throttle.take(chunk.size(), perSecond));
        }
    }

    private void nap(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            giveUpIfEnded();
            LockSupport.parkNanos(Math.min(LONGEST_NAP_NANOS, end - System.nanoTime()));
        }
    }

    private void applyUpToBarriers(List<ConsumerRecord<byte[], byte[]>> records, boolean apart) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        List<ConsumerRecord<byte[], byte[]>> left = records;
        Map<Integer, Long> barriers = Map.of();
        while (!left.isEmpty()) {
            try {
                applyAll(below(barriers, left), apart);
                left = from(barriers, left);
                partitions.skipMarkersUpTo(barriers, partitionsOf(left));
            } catch (BarrierAhead ahead) {
                barriers = ahead.barriers();
                continue;
            }
            barriers = left.isEmpty() ? barriers : awaitChangeOf(barriers, deadline);
        }
    }

    private void applyAll(List<ConsumerRecord<byte[], byte[]>> records, boolean apart) {
        if (records.isEmpty()) {
            return;
        }
        if (apart) {
            isolation.applyApart(records);
        } else {
            isolation.applyAtOnce(records);
        }
    }

    /** While the barriers stay as they are, another try would only decode the same records again. */
    private Map<Integer, Long> awaitChangeOf(Map<Integer, Long> barriers, long deadline) {
        while (System.nanoTime() < deadline) {
            Map<Integer, Long> current = partitions.barriers();
            if (!current.equals(barriers)) {
                return current;
            }
            giveUpIfEnded();
            LockSupport.parkNanos(CHECK_BARRIERS_NANOS);
        }
        throw new HeldBack();
    }

    private void giveUpIfEnded() {
        if (ended || Thread.currentThread().isInterrupted()) {
            throw new HeldBack();
        }
    }

    private static Set<Integer> partitionsOf(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(ConsumerRecord::partition).collect(toSet());
    }

    private static List<ConsumerRecord<byte[], byte[]>> below(
            Map<Integer, Long> barriers, List<ConsumerRecord<byte[], byte[]>> records) {
        return barriers.isEmpty()
                ? records
                : records.stream().filter(record -> isBelow(barriers, record)).toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> from(
            Map<Integer, Long> barriers, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().filter(record -> !isBelow(barriers, record)).toList();
    }

    private static boolean isBelow(Map<Integer, Long> barriers, ConsumerRecord<?, ?> record) {
        return record.offset() < barriers.getOrDefault(record.partition(), Long.MAX_VALUE);
    }
}
