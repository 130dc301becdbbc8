package io.replymeter.measurement;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A histogram of response times whose percentiles are within 1.6 % of the exact ones: 32 buckets per doubling, the first
 * 32 microseconds exact. Adding, subtracting and merging are exact, so order does not matter. Mutable, not thread-safe.
 */
public final class ResponseTimes {

    private static final int STEP_BITS = 5;
    private static final int STEPS = 1 << STEP_BITS;
    private static final int VARINT_BITS = 7;

    private static final int[] NO_BUCKETS = {};
    private static final long[] NO_COUNTS = {};

    /** Those with a count that is not 0, in order; both arrays may be longer than {@code size}. */
    private int[] buckets = NO_BUCKETS;

    private long[] counts = NO_COUNTS;
    private int size;

    public boolean isEmpty() {
        return size == 0;
    }

    /** Counts {@code responseTime} (microseconds, not negative) {@code times} more, or fewer if negative. */
    public void add(long responseTime, long times) {
        int bucket = bucket(responseTime);
        int at = Arrays.binarySearch(buckets, 0, size, bucket);
        if (at >= 0 && counts[at] + times != 0) {
            counts[at] += times;
            return;
        }
        ResponseTimes one = new ResponseTimes();
        one.makeRoom(1);
        one.append(bucket, times);
        addAll(one);
    }

    /** Adds the counts of {@code other}. */
    public void addAll(ResponseTimes other) {
        int[] ownBuckets = buckets;
        long[] ownCounts = counts;
        int ownSize = size;
        makeRoom(size + other.size);
        size = 0;
        int own = 0;
        int others = 0;
        while (own < ownSize || others < other.size) {
            int bucket = Math.min(
                    own < ownSize ? ownBuckets[own] : Integer.MAX_VALUE,
                    others < other.size ? other.buckets[others] : Integer.MAX_VALUE);
            long count = own < ownSize && ownBuckets[own] == bucket ? ownCounts[own++] : 0;
            count += others < other.size && other.buckets[others] == bucket ? other.counts[others++] : 0;
            append(bucket, count);
        }
    }

    private void makeRoom(int length) {
        buckets = new int[length];
        counts = new long[length];
    }

    private void append(int bucket, long count) {
        if (count != 0) {
            buckets[size] = bucket;
            counts[size++] = count;
        }
    }

    /**
     * The continuous, linearly interpolated percentile (rule 7), in microseconds; empty if nothing was counted.
     *
     * @param fraction from 0 to 1; 0.5 is the median
     */
    public OptionalDouble percentile(double fraction) {
        long total = Arrays.stream(counts, 0, size).sum();
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
        int last = bucket(responseTime);
        long within = 0;
        for (int i = 0; i < size && buckets[i] <= last; i++) {
            within += counts[i];
        }
        return within;
    }

    private double valueAt(long rank) {
        int at = 0;
        long seen = counts[0];
        while (rank >= seen && at < size - 1) {
            seen += counts[++at];
        }
        return middle(buckets[at]);
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size * 3);
        int before = 0;
        for (int i = 0; i < size; i++) {
            write(bytes, buckets[i] - before);
            write(bytes, counts[i]);
            before = buckets[i];
        }
        return bytes.toByteArray();
    }

    public static ResponseTimes decode(byte[] encoded) {
        ResponseTimes times = new ResponseTimes();
        times.makeRoom(encoded.length / 2);
        Reader reader = new Reader(encoded);
        int bucket = 0;
        while (reader.hasNext()) {
            bucket += (int) reader.next();
            times.append(bucket, reader.next());
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
