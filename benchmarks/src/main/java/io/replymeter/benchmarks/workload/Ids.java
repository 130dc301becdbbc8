package io.replymeter.benchmarks.workload;

import java.util.SplittableRandom;
import java.util.UUID;

/** Random UUIDs (version 4) that are the same for the same seed. */
final class Ids {

    private Ids() {}

    static UUID random(SplittableRandom random) {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }
}
