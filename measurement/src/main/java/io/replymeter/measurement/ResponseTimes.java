package io.replymeter.measurement;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A histogram of response times whose percentiles are within 1.6 % of the exact ones: 32 buckets per doubling, the first
 * 32 microseconds exact. Adding, subtracting and merging are exact, so order does not matter. Mutable, not thread-safe.
 */
public final class ResponseTimes {

    private static final int STEP_BITS = 5;
    private static final int STEPS = 1 << STEP_BITS;
    private static final int VARINT_BITS = 7;

    private final TreeMap<Integer, Long> counts = new TreeMap<>();

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Counts {@code responseTime} (microseconds, not negative) {@code times} more, or fewer if negative. */
    public void add(long responseTime, long times) {
        count(bucket(responseTime), times);
    }

    /** Adds the counts of {@code other}. */
    public void addAll(ResponseTimes other) {
        other.counts.forEach(this::count);
    }

    private void count(int bucket, long times) {
        long count = counts.merge(bucket, times, Long::sum);
        if (count == 0) {
            counts.remove(bucket);
        }
    }

    /**
     * The continuous, linearly interpolated percentile (rule 7), in microseconds; empty if nothing was counted.
     *
     * @param fraction from 0 to 1; 0.5 is the median
     */
    public OptionalDouble percentile(double fraction) {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        if (total == 0) {
            return OptionalDouble.empty();
        }
        double rank = fraction * (total - 1);
        long below = (long) Math.floor(rank);
        double lower = valueAt(below);
        double upper = rank == below ? lower : valueAt(below + 1);
        return OptionalDouble.of(lower + (upper - lower) * (rank - below));
    }

    /**
     * How many of them were at most {@code responseTime} (microseconds, not negative). Those of its own bucket count, which
     * may be up to 3.2 % longer.
     */
    public long countWithin(long responseTime) {
        return counts.headMap(bucket(responseTime), true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private double valueAt(long rank) {
        long seen = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (rank < seen) {
                return middle(entry.getKey());
            }
        }
        return middle(counts.lastKey());
    }

    static int bucket(long responseTime) {
        if (responseTime < 0) {
            throw new IllegalArgumentException("a response time is never negative");
        }
        if (responseTime < STEPS) {
            return (int) responseTime;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(responseTime) - STEP_BITS;
        return (shift + 1) * STEPS + (int) (responseTime >>> shift) - STEPS;
    }

    static double middle(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        long lower = (long) (STEPS + bucket % STEPS) << shift;
        return lower + ((1L << shift) - 1) / 2.0;
    }

    /** For each bucket in order: the distance from the bucket before and the count, as base-128 numbers. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(counts.size() * 3);
        int before = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            write(bytes, entry.getKey() - before);
            write(bytes, entry.getValue());
            before = entry.getKey();
        }
        return bytes.toByteArray();
    }

    public static ResponseTimes decode(byte[] encoded) {
        ResponseTimes times = new ResponseTimes();
        Reader reader = new Reader(encoded);
        int bucket = 0;
        while (reader.hasNext()) {
            bucket += (int) reader.next();
            times.counts.put(bucket, reader.next());
        }
        return times;
    }

    private static void write(ByteArrayOutputStream bytes, long number) {
        long rest = number;
        while (rest >>> VARINT_BITS != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= VARINT_BITS;
        }
        bytes.write((int) rest);
    }

    private static final class Reader {
        private final byte[] bytes;
        private int position;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasNext() {
            return position < bytes.length;
        }

        long next() {
            long number = 0;
            for (int shift = 0; ; shift += VARINT_BITS) {
                byte b = bytes[position++];
                number |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return number;
                }
            }
        }
    }
}
