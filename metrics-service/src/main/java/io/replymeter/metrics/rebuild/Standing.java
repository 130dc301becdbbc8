package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.log.TopicState;
import java.util.List;
import java.util.Optional;

/** Where a rebuild and the live generation stand in the topic, which was asked after them. */
record Standing(List<Place> rebuilt, List<Place> live, TopicState topic) {

    /** Why the rebuild cannot go on; empty if it can. */
    Optional<String> trouble() {
        return trouble(rebuilt);
    }

    /** Why the live generation stands still; empty if it does not. */
    Optional<String> troubleOfLive() {
        return trouble(live);
    }

    private Optional<String> trouble(List<Place> places) {
        return places.stream().flatMap(place -> place.trouble(topic).stream()).findFirst();
    }

    long lag() {
        return lag(rebuilt, topic);
    }

    long lagOfLive() {
        return lag(live, topic);
    }

    /** How many events of the topic were not applied yet. */
    static long lag(List<Place> places, TopicState topic) {
        return places.stream().mapToLong(place -> place.lag(topic)).sum();
    }
}
