package io.replymeter.metrics.consume;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param enabled whether this instance consumes; if not it only answers
 * @param threads consumers of each generation on this instance
 * @param batchSize how many records one transaction takes at most; fewer where the heap has less than 15 kB for each
 *     record of each thread
 * @param longestBackoff how long a failing database or broker is left alone before the next try
 * @param stalledAfter how long a partition with more records may stand still before the health is DOWN
 * @param groupPrefix the consumer group is this and the generation's number
 */
@ConfigurationProperties("replymeter.ingest")
public record IngestProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("2") int threads,
        @DefaultValue("20000") int batchSize,
        @DefaultValue("5s") Duration longestBackoff,
        @DefaultValue("1m") Duration stalledAfter,
        @DefaultValue("replymeter-metrics-") String groupPrefix) {

    /** With less, nearly every garbage collection is a full one; see local-stack/RATIONALE.md. */
    private static final long HEAP_FOR_A_RECORD = 15_000;

    /** How many records one transaction takes at most where the heap has {@code heapBytes}. */
    int batchSizeWithin(long heapBytes) {
        return (int) Math.min(batchSize, heapBytes / (HEAP_FOR_A_RECORD * threads));
    }

    /** The consumer group of {@code generation}. */
    public String group(int generation) {
        return groupPrefix + generation;
    }
}
