package io.replymeter.benchmarks.result;

import io.replymeter.events.Event;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Every provider's days, folded in memory from events in order. Not thread-safe. */
public final class ProviderDays {

    private record Key(UUID providerId, int day) {}

    private final Map<UUID, byte[]> conversations = new HashMap<>();
    private final Map<Key, ProviderDay> days = new HashMap<>();

    /** @param event one that counts */
    public void fold(Event event) {
        conversations.compute(event.conversationId(), (id, state) -> InOrderFold.apply(state, event, this::add));
    }

    private void add(ProviderDay change) {
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
