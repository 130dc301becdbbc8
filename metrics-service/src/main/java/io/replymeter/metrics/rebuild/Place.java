package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.log.TopicState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a generation has read a partition.
 *
 * @param first where it began
 * @param firstAppendedAt when that record was appended; null if the partition was empty, or is read from offset 0
 * @param until where the topic ended when the rebuild began
 * @param next the first offset not yet applied
 */
record Place(
        int partition, String topicId, long first, @Nullable Instant firstAppendedAt, long until, long next) {

    /** Why there is no reading on, whatever is tried. {@code topic} was asked after this was read; empty if there is. */
    Optional<String> trouble(TopicState topic) {
        if (!topicId.equals(topic.topicId())) {
            return Optional.of("the topic was created anew");
        }
        long beginning = topic.beginningOffsets().getOrDefault(partition, 0L);
        if (next < beginning) {
            return Optional.of("in partition " + partition + " the records from offset " + next + " to "
                    + (beginning - 1) + " were removed before they were read");
        }
        long end = topic.endOffsets().getOrDefault(partition, 0L);
        if (next > end) {
            return Optional.of("partition " + partition + " ends at offset " + end + ", before " + next
                    + ", up to which it was read: records were lost");
        }
        return Optional.empty();
    }

    /** How many events of the topic were not applied yet. */
    long lag(TopicState topic) {
        return Math.max(0, topic.endOffsets().getOrDefault(partition, next) - next);
    }
}
