package io.replymeter.metrics.consume;

import static java.util.stream.Collectors.toSet;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.ingest.Ingest;
import io.replymeter.metrics.log.BarrierAhead;
import io.replymeter.metrics.pace.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Applies polled records to one generation, no faster than its throttle and its pace, and no further than its barriers. Used
 * by several consumer threads, each for its own partitions.
 */
final class BatchApplier {

    /** How long a barrier is waited for. Then the consumer polls again, as it must to take part in rebalances. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final long CHECK_BARRIERS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int CHUNKS_PER_SECOND = 10;

    /** What it decodes is gone before the next collection, which then stops readers for little. */
    private static final int CHUNK_OF_ONE_THAT_YIELDS = 2_000;

    /** With all of a batch's chunks, it has to poll again in time. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** The pause after few records. One that comes after silence does not wait for it, and a backlog never does. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int FEW = 1_000;

    private final AssignedPartitions partitions;
    private final FaultIsolation isolation;
    private final @Nullable Integer eventsPerSecond;
    private final Supplier<Pace> pace;
    private final Throttle throttle = new Throttle();
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile boolean ended;

    /** @param eventsPerSecond at most, on all instances together; null for no limit */
    BatchApplier(
            Generation generation,
            AssignedPartitions partitions,
            Ingest ingest,
            @Nullable Integer eventsPerSecond,
            Supplier<Pace> pace) {
        this.partitions = partitions;
        this.isolation = new FaultIsolation(generation, partitions, ingest);
        this.eventsPerSecond = eventsPerSecond;
        this.pace = pace;
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
        int from = 0;
        while (from < records.size()) {
            Pace present = pace.get();
            int to = Math.min(records.size(), from + chunkSize(present, records.size()));
            List<ConsumerRecord<byte[], byte[]>> chunk = records.subList(from, to);
            if (present.yields()) {
                applyInTurn(chunk, apart, present);
            } else {
                applyUpToBarriers(chunk, apart);
            }
            if (eventsPerSecond != null) {
                nap(throttle.take(chunk.size(), perSecond(eventsPerSecond)));
            }
            from = to;
        }
    }

    /** Leaves time after few records, so that those that come meanwhile are polled together. */
    void linger(int applied) {
        if (applied < FEW) {
            nap(LINGER_NANOS);
        }
    }

    private int chunkSize(Pace present, int most) {
        int size = present.yields() ? Math.min(most, CHUNK_OF_ONE_THAT_YIELDS) : most;
        return eventsPerSecond == null
                ? size
                : Math.min(size, Math.max(1, (int) (perSecond(eventsPerSecond) / CHUNKS_PER_SECOND)));
    }

    private double perSecond(int onAllInstances) {
        return onAllInstances * partitions.share();
    }

    /** One thread at a time, so that it leaves the other processors to readers. */
    private void applyInTurn(List<ConsumerRecord<byte[], byte[]>> records, boolean apart, Pace present) {
        takeTurn();
        try {
            giveUpIfEnded();
            long began = System.nanoTime();
            applyUpToBarriers(records, apart);
            nap(Math.min(LONGEST_PAUSE_NANOS, present.pauseAfter(System.nanoTime() - began)));
        } finally {
            turn.unlock();
        }
    }

    private void takeTurn() {
        try {
            if (turn.tryLock(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new HeldBack();
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
