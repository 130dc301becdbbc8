package io.replymeter.metrics.ingest;

import static java.util.stream.Collectors.toSet;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.Offsets.StopAhead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Applies to one generation what was polled: no faster than its throttle, and no further than its stops, which are there
 * while it is being compared with another. Several consumers' threads use it, each for its own partitions.
 */
final class Feed {

    /** Then the rest is given back, to be polled again: a consumer has to poll, and notice what changed. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final long LOOK_FOR_MOVED_STOPS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int CHUNKS_A_SECOND = 10;

    private final Generation generation;
    private final OwnedPartitions partitions;
    private final Ingest ingest;
    private final Throttle places = new Throttle();

    private volatile @Nullable Integer throttle;
    private volatile boolean ended;

    Feed(Generation generation, OwnedPartitions partitions, Ingest ingest) {
        this.generation = generation;
        this.partitions = partitions;
        this.ingest = ingest;
    }

    /** @param eventsPerSecond on all instances together, of which this one takes the share of its partitions; or null */
    void throttle(@Nullable Integer eventsPerSecond) {
        throttle = eventsPerSecond;
    }

    /** Nothing waits any longer. */
    void end() {
        ended = true;
    }

    /** Not everything could be applied for now: to be polled again. Nothing is wrong. */
    static final class HeldBack extends RuntimeException {
        HeldBack() {
            super("not everything could be applied for now", null, false, false);
        }
    }

    /** @throws HeldBack when only a part was applied */
    void apply(List<ConsumerRecord<byte[], byte[]>> records) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        Integer limit = throttle;
        if (limit == null) {
            applyUpToStops(records, deadline);
        } else {
            applySlowly(records, limit * partitions.share(), deadline);
        }
    }

    private void applySlowly(List<ConsumerRecord<byte[], byte[]>> records, double perSecond, long deadline) {
        int size = Math.max(1, (int) (perSecond / CHUNKS_A_SECOND));
        for (int from = 0; from < records.size(); from += size) {
            giveUpAfter(deadline);
            List<ConsumerRecord<byte[], byte[]>> chunk = records.subList(from, Math.min(records.size(), from + size));
            applyUpToStops(chunk, deadline);
            rest(places.take(chunk.size(), perSecond));
        }
    }

    private void applyUpToStops(List<ConsumerRecord<byte[], byte[]>> records, long deadline) {
        List<ConsumerRecord<byte[], byte[]>> left = records;
        Map<Integer, Long> stops = Map.of();
        while (!left.isEmpty()) {
            try {
                applyAll(below(stops, left));
                left = from(stops, left);
                partitions.skipTo(stops, partitionsOf(left));
            } catch (StopAhead ahead) {
                stops = ahead.stops();
                continue;
            }
            stops = left.isEmpty() ? stops : awaitOtherThan(stops, deadline);
        }
    }

    private void applyAll(List<ConsumerRecord<byte[], byte[]>> records) {
        if (!records.isEmpty()) {
            String topicId = partitions.topicId(partitionsOf(records));
            partitions.moveTo(topicId, ingest.apply(generation, topicId, records, partitions.expected()));
        }
    }

    /** While the stops stand, trying again would only decode the same records again. */
    private Map<Integer, Long> awaitOtherThan(Map<Integer, Long> stops, long deadline) {
        while (true) {
            Map<Integer, Long> now = partitions.stops();
            if (!now.equals(stops)) {
                return now;
            }
            giveUpAfter(deadline);
            LockSupport.parkNanos(LOOK_FOR_MOVED_STOPS_NANOS);
        }
    }

    private void rest(long nanos) {
        long end = System.nanoTime() + nanos;
        while (!ended && !Thread.currentThread().isInterrupted() && System.nanoTime() < end) {
            LockSupport.parkNanos(Math.min(LONGEST_NAP_NANOS, end - System.nanoTime()));
        }
    }

    private void giveUpAfter(long deadline) {
        if (ended || Thread.currentThread().isInterrupted() || System.nanoTime() > deadline) {
            throw new HeldBack();
        }
    }

    private static Set<Integer> partitionsOf(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(ConsumerRecord::partition).collect(toSet());
    }

    private static List<ConsumerRecord<byte[], byte[]>> below(
            Map<Integer, Long> stops, List<ConsumerRecord<byte[], byte[]>> records) {
        return stops.isEmpty()
                ? records
                : records.stream().filter(record -> isBelow(stops, record)).toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> from(
            Map<Integer, Long> stops, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().filter(record -> !isBelow(stops, record)).toList();
    }

    private static boolean isBelow(Map<Integer, Long> stops, ConsumerRecord<?, ?> record) {
        return record.offset() < stops.getOrDefault(record.partition(), Long.MAX_VALUE);
    }
}
