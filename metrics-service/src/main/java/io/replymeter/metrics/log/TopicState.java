package io.replymeter.metrics.log;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the broker said of the topic at one moment.
 *
 * @param topicId changes when the topic is recreated under the same name
 * @param endOffsets by partition: the offset that its next record will get
 * @param asOf a moment before which all that the end offsets count had been appended
 * @param differences each setting that the measurement relies on and that differs, in words; empty if none does
 */
public record TopicState(
        String topicId,
        Map<Integer, Long> beginningOffsets,
        Map<Integer, Long> endOffsets,
        Instant asOf,
        List<String> differences) {}
