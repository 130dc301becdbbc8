package io.replymeter.metrics.log;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the broker said of the topic at one moment.
 *
 * @param topicId changes when the topic is recreated under the same name
 * @param endOffsets by partition: the offset up to which it can be read
 * @param appendedOffsets by partition: the same, counting also the records of transactions that are still open, which
 *     nobody can read yet
 * @param asOf a moment: all that was appended before it is below the appended offsets
 * @param differences each setting that the measurement relies on and that differs, in words; empty if none does
 */
public record TopicState(
        String topicId,
        Map<Integer, Long> beginningOffsets,
        Map<Integer, Long> endOffsets,
        Map<Integer, Long> appendedOffsets,
        Instant asOf,
        List<String> differences) {}
