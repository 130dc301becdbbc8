package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.log.Topic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How far generations have come, and how fast, over the last half a minute. Thread-safe. */
@Component
class Progress {

    private static final long SAMPLED_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private record Sample(long at, long events) {}

    private final Topic topic;
    private final Map<Integer, Deque<Sample>> samples = new ConcurrentHashMap<>();

    Progress(Topic topic) {
        this.topic = topic;
    }

    /**
     * @param done of the events that the topic held when the rebuild began
     * @param percent 0 to 100, one decimal
     * @param eventsPerSecond null until it was watched for a moment
     * @param secondsLeft until the lag is gone at this speed; null if it stands still, or is there
     */
    record Reached(
            long done,
            long total,
            double percent,
            @Nullable Double eventsPerSecond,
            @Nullable Long secondsLeft) {}

    /** Looks at {@code generation} once more. */
    void sample(int generation, List<Place> places) {
        Deque<Sample> its = samples.computeIfAbsent(generation, number -> new ArrayDeque<>());
        long now = System.nanoTime();
        synchronized (its) {
            its.addLast(new Sample(now, places.stream().mapToLong(Place::next).sum()));
            while (its.size() > 2 && now - its.getFirst().at() > SAMPLED_NANOS) {
                its.removeFirst();
            }
        }
    }

    /** Forgets those that are not among {@code generations}. */
    void keep(List<Integer> generations) {
        samples.keySet().retainAll(generations);
    }

    Reached reached(int generation, List<Place> places) {
        long total = places.stream()
                .mapToLong(place -> place.until() - place.first())
                .sum();
        long done = places.stream()
                .mapToLong(place -> Math.min(place.next(), place.until()) - place.first())
                .sum();
        Double rate = eventsPerSecond(generation);
        return new Reached(
                done,
                total,
                total == 0 ? 100 : Math.floor(done * 1_000.0 / total) / 10,
                rate,
                secondsLeft(lag(places), rate));
    }

    private static @Nullable Long secondsLeft(@Nullable Long lag, @Nullable Double rate) {
        return lag == null || lag == 0 || rate == null || rate <= 0 ? null : (Long) Math.round(lag / rate);
    }

    /** How many events of the topic were not applied yet; null if the topic was not seen yet. */
    @Nullable Long lag(List<Place> places) {
        return topic.state().map(state -> Standing.lag(places, state)).orElse(null);
    }

    /** Null until it was looked at twice. */
    @Nullable Double eventsPerSecond(int generation) {
        Deque<Sample> its = samples.get(generation);
        if (its == null) {
            return null;
        }
        synchronized (its) {
            Sample first = its.getFirst();
            Sample last = its.getLast();
            if (last.at() == first.at()) {
                return null;
            }
            double seconds = (last.at() - first.at()) / NANOS_A_SECOND;
            return Math.round((last.events() - first.events()) * 10 / seconds) / 10.0;
        }
    }
}
