package io.replymeter.messaging.outbox;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Which shard a conversation's events belong to, and the signal that wakes each shard of this process. Thread-safe. */
@Component
class Shards {

    /** How many there are. Rows carry their shard: change it only while the outbox is empty. */
    static final int COUNT = 4;

    private final List<Semaphore> signals =
            Stream.generate(() -> new Semaphore(0)).limit(COUNT).toList();

    static int of(UUID conversationId) {
        return (int) Math.floorMod(
                conversationId.getMostSignificantBits() ^ conversationId.getLeastSignificantBits(), (long) COUNT);
    }

    static IntStream all() {
        return IntStream.range(0, COUNT);
    }

    /** Tells {@code shard} that it has something to send. */
    void signal(int shard) {
        Semaphore signal = signals.get(shard);
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Waits for a signal to {@code shard}, for {@code longest} at most. */
    void await(int shard, Duration longest) throws InterruptedException {
        Semaphore signal = signals.get(shard);
        if (signal.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            signal.drainPermits();
        }
    }
}
