package io.replymeter.benchmarks.result;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Daily results in memory. Not thread-safe. */
public final class DailySums {

    private record Key(UUID providerId, int day) {}

    private final Map<Key, long[]> sums = new HashMap<>();

    public void add(UUID providerId, int day, long inquiries, long answered, long answeredLate, long responseMicros) {
        long[] sum = sums.computeIfAbsent(new Key(providerId, day), key -> new long[4]);
        sum[0] += inquiries;
        sum[1] += answered;
        sum[2] += answeredLate;
        sum[3] += responseMicros;
    }

    public void addAll(DailySums other) {
        other.sums.forEach((key, sum) -> add(key.providerId, key.day, sum[0], sum[1], sum[2], sum[3]));
    }

    public void addTo(Checksum checksum) {
        sums.forEach(
                (key, sum) -> checksum.add(new DailyResult(key.providerId, key.day, sum[0], sum[1], sum[2], sum[3])));
    }
}
