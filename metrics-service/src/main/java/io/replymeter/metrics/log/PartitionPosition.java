package io.replymeter.metrics.log;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a generation has read one partition.
 *
 * @param topicId the topic it was read from; a topic that is recreated under the same name gets another id
 * @param firstOffset where reading began
 * @param firstAppendedAt when the record at {@code firstOffset} was appended; null if the partition was empty then, or if
 *     it still held its very first record
 * @param replayUntil where the topic ended when the generation was created
 * @param nextOffset the first offset that is not applied yet
 * @param appliedUntil the append time of the latest record applied; null before the first
 */
public record PartitionPosition(
        int partition,
        String topicId,
        long firstOffset,
        @Nullable Instant firstAppendedAt,
        long replayUntil,
        long nextOffset,
        @Nullable Instant appliedUntil) {

    /** Why reading cannot go on, ever; empty if it can. {@code topic} must be more recent than this position. */
    public Optional<String> obstacle(TopicState topic) {
        return obstacle(
                topic.topicId(),
                topic.beginningOffsets().getOrDefault(partition, 0L),
                topic.endOffsets().getOrDefault(partition, 0L));
    }

    /** As above, where {@code topic} may be older than this position: what was read since is beyond the ends that it tells. */
    public Optional<String> obstacleSeenIn(TopicState topic) {
        long end = topic.endOffsets().getOrDefault(partition, 0L);
        return obstacle(
                topic.topicId(), topic.beginningOffsets().getOrDefault(partition, 0L), Math.max(end, nextOffset));
    }

    /** As above, for a topic of this id whose partition begins and ends at these offsets. */
    public Optional<String> obstacle(String currentTopicId, long beginning, long end) {
        if (!topicId.equals(currentTopicId)) {
            return Optional.of("the topic was recreated");
        }
        if (nextOffset < beginning) {
            return Optional.of("the records from offset " + nextOffset + " to " + (beginning - 1) + " of partition "
                    + partition + " were removed before they were read");
        }
        if (nextOffset > end) {
            return Optional.of("partition " + partition + " ends at offset " + end + " but was read up to " + nextOffset
                    + ": records were lost");
        }
        return Optional.empty();
    }

    /** How many offsets of the partition are not applied yet. */
    public long lag(TopicState topic) {
        return Math.max(0, topic.endOffsets().getOrDefault(partition, nextOffset) - nextOffset);
    }
}
