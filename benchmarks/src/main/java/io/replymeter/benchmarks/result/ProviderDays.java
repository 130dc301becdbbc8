package io.replymeter.benchmarks.result;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Every provider's days in memory. Not thread-safe. */
public final class ProviderDays {

    private record Key(UUID providerId, int day) {}

    private final Map<Key, ProviderDay> days = new HashMap<>();

    public void add(ProviderDay change) {
        days.merge(new Key(change.providerId(), change.day()), change, ProviderDay::plus);
    }

    public void addAll(ProviderDays other) {
        other.days.values().forEach(this::add);
    }

    /** @param end of the log */
    public Checksum checksum(Instant end) {
        Checksum checksum = new Checksum(end);
        days.values().forEach(checksum::add);
        return checksum;
    }
}
