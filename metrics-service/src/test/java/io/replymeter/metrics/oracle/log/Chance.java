package io.replymeter.metrics.oracle.log;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Seeded decisions. The same seed makes the same ones on every JDK. */
final class Chance {

    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    /** From {@code least} to {@code most}, both possible. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** In whole milliseconds, shorter than {@code limit}. */
    Duration upTo(Duration limit) {
        return Duration.ofMillis((long) (random.nextDouble() * limit.toMillis()));
    }

    /** Any 128 bits: every second id would be negative if it were read as a signed number. */
    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    void shuffle(List<?> list) {
        Collections.shuffle(list, random);
    }
}
