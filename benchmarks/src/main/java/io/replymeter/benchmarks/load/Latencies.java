package io.replymeter.benchmarks.load;

import java.util.Arrays;

/** How long many requests took. Thread-safe. */
public final class Latencies {

    private long[] nanos = new long[1 << 12];
    private int count;

    public synchronized void add(long latency) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = latency;
    }

    public synchronized int count() {
        return count;
    }

    /** In milliseconds; {@code share} is 0.5 for the median. Nearest rank. */
    public synchronized double percentile(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)] / 1e6;
    }

    @Override
    public String toString() {
        return "median %.1f ms, 99th percentile %.1f ms, longest %.1f ms"
                .formatted(percentile(0.5), percentile(0.99), percentile(1));
    }
}
