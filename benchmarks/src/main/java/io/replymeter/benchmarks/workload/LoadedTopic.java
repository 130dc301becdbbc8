package io.replymeter.benchmarks.workload;

import java.time.Instant;

/**
 * A topic that holds a workload, and the results that its events add up to.
 *
 * @param requested the workload's number of events, as asked for
 * @param events how many there are
 * @param bytes of all values before compression
 * @param end of the workload
 * @param checksum of the results
 */
public record LoadedTopic(
        String name, long requested, long seed, long events, long bytes, Instant end, String checksum) {}
