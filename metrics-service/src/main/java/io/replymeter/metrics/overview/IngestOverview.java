package io.replymeter.metrics.overview;

import io.replymeter.metrics.ingest.QuarantineReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the live generation has read the topic.
 *
 * @param topicProblem why the broker did not answer when it was asked last; null if it did
 * @param topicSettings each setting of the topic that differs from the contract, in words
 * @param asOf when the broker was asked for the ends of the partitions, in UTC; null if it never answered
 * @param lag records of the topic that are not applied; null if the broker never answered
 * @param lagSeconds the largest of the partitions' lags in time; null if one of them is unknown
 * @param eventsPerSecond over the last half minute; null until it was measured twice
 * @param quarantined records that wait for somebody's decision, by reason
 */
record IngestOverview(
        int generation,
        String topic,
        @Nullable String topicProblem,
        List<String> topicSettings,
        @Nullable Instant asOf,
        @Nullable Long lag,
        @Nullable Double lagSeconds,
        @Nullable Double eventsPerSecond,
        Map<QuarantineReason, Long> quarantined,
        List<Partition> partitions) {

    /**
     * @param nextOffset the first offset that is not applied
     * @param endOffset where the partition ends
     * @param lagSeconds how much older than {@code asOf} the latest record is that was applied, 0 without a lag; null if
     *     none was applied yet
     * @param appliedUntil when that record was appended, in UTC
     * @param problem why it is not read on; null if it is
     */
    record Partition(
            int partition,
            long nextOffset,
            long endOffset,
            long lag,
            @Nullable Double lagSeconds,
            @Nullable Instant appliedUntil,
            @Nullable String problem) {}
}
