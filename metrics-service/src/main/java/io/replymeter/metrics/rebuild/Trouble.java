package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.log.TopicState;
import java.util.Optional;

/** Why a generation cannot read a partition on, whatever it does. */
final class Trouble {

    private Trouble() {}

    static Optional<String> of(TopicState topic, Place place) {
        int partition = place.partition();
        if (!place.topicId().equals(topic.topicId())) {
            return Optional.of("the topic was created anew");
        }
        long beginning = topic.beginningOffsets().getOrDefault(partition, 0L);
        if (place.next() < beginning) {
            return Optional.of("in partition " + partition + " the records from offset " + place.next() + " to "
                    + (beginning - 1) + " were removed before they were read");
        }
        return Optional.empty();
    }
}
