package io.replymeter.metrics.rebuild;

import java.time.Instant;
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
        int partition, String topicId, long first, @Nullable Instant firstAppendedAt, long until, long next) {}
