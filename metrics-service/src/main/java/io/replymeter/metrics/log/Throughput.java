package io.replymeter.metrics.log;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How far the generations have read the topic, and how fast over the last half minute. Thread-safe. */
@Component
public class Throughput {

    private static final long SAMPLED_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private record Sample(long at, long events) {}

    private final Topic topic;
    private final Map<Integer, Deque<Sample>> samples = new ConcurrentHashMap<>();

    Throughput(Topic topic) {
        this.topic = topic;
    }

    /**
     * @param done of the events that the topic held when the rebuild began
     * @param percent 0 to 100, one decimal
     * @param eventsPerSecond null until it was sampled twice
     * @param secondsLeft until the lag is gone at this speed; null if there is none, or nothing is read
     */
    public record Reached(
            long done,
            long total,
            double percent,
            @Nullable Double eventsPerSecond,
            @Nullable Long secondsLeft) {}

    /** Takes a sample of {@code generation}. */
    public void sample(int generation, Collection<PartitionPosition> positions) {
        Deque<Sample> recent = samples.computeIfAbsent(generation, number -> new ArrayDeque<>());
        long now = System.nanoTime();
        synchronized (recent) {
            recent.addLast(new Sample(
                    now,
                    positions.stream().mapToLong(PartitionPosition::nextOffset).sum()));
            while (recent.size() > 2 && now - recent.getFirst().at() > SAMPLED_NANOS) {
                recent.removeFirst();
            }
        }
    }

    /** Forgets the samples of all other generations. */
    public void keep(List<Integer> generations) {
        samples.keySet().retainAll(generations);
    }

    public Reached reached(int generation, Collection<PartitionPosition> positions) {
        long total = positions.stream()
                .mapToLong(position -> position.replayUntil() - position.firstOffset())
                .sum();
        long done = positions.stream()
                .mapToLong(position -> Math.min(position.nextOffset(), position.replayUntil()) - position.firstOffset())
                .sum();
        Double rate = eventsPerSecond(generation);
        return new Reached(
                done,
                total,
                total == 0 ? 100 : Math.floor(done * 1_000.0 / total) / 10,
                rate,
                secondsLeft(lag(positions), rate));
    }

    private static @Nullable Long secondsLeft(@Nullable Long lag, @Nullable Double rate) {
        return lag == null || lag == 0 || rate == null || rate <= 0 ? null : (Long) Math.round(lag / rate);
    }

    /** How many events of the topic were not applied yet; null if the topic was not seen yet. */
    public @Nullable Long lag(Collection<PartitionPosition> positions) {
        return topic.state()
                .map(state -> positions.stream()
                        .mapToLong(position -> position.lag(state))
                        .sum())
                .orElse(null);
    }

    /** Null until it was sampled twice. */
    public @Nullable Double eventsPerSecond(int generation) {
        Deque<Sample> recent = samples.get(generation);
        if (recent == null) {
            return null;
        }
        synchronized (recent) {
            Sample first = recent.getFirst();
            Sample last = recent.getLast();
            if (last.at() == first.at()) {
                return null;
            }
            double seconds = (last.at() - first.at()) / NANOS_A_SECOND;
            return Math.round((last.events() - first.events()) * 10 / seconds) / 10.0;
        }
    }
}
