package io.replymeter.messaging.outbox;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Which lane a conversation's events take, and the bell of each lane in this process. Thread-safe. */
@Component
class Lanes {

    /** How many there are. Rows carry their lane: change it only while the outbox is empty. */
    static final int COUNT = 4;

    private final List<Semaphore> bells =
            Stream.generate(() -> new Semaphore(0)).limit(COUNT).toList();

    static int of(UUID conversationId) {
        return (int) Math.floorMod(
                conversationId.getMostSignificantBits() ^ conversationId.getLeastSignificantBits(), (long) COUNT);
    }

    static IntStream all() {
        return IntStream.range(0, COUNT);
    }

    /** Says that {@code lane} has something to send. */
    void ring(int lane) {
        Semaphore bell = bells.get(lane);
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /** Waits until somebody rings, or for {@code longest}. */
    void await(int lane, Duration longest) throws InterruptedException {
        Semaphore bell = bells.get(lane);
        if (bell.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            bell.drainPermits();
        }
    }
}
