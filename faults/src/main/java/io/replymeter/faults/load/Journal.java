package io.replymeter.faults.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What callers and other producers sent and were told. Thread-safe. */
public final class Journal {

    /** A post that was acknowledged, as its answer says. */
    public record Post(
            UUID messageId,
            UUID conversationId,
            UUID senderId,
            UUID recipientId,
            String senderRole,
            Instant sentAt,
            long sequence) {}

    private final Map<UUID, Post> posts = new ConcurrentHashMap<>();
    private final Map<String, Boolean> records = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicReference<Duration> longestGap = new AtomicReference<>(Duration.ZERO);

    void acknowledged(Post post) {
        posts.put(post.messageId(), post);
    }

    /** A repeated request gets the same answer. */
    void repeated(Post before, Post again) {
        if (!before.equals(again)) {
            violations.add("twice: the key of " + before + " gave " + again);
        }
    }

    /** A record of another producer is about to be sent. Each value is sent once, but a client may repeat it. */
    void sending(String value, boolean isBroken) {
        records.put(value, false);
        if (isBroken) {
            broken.add(value);
        }
    }

    void sent(String value) {
        records.put(value, true);
    }

    /** A read was answered, so long after the one before. */
    void read(Duration gap) {
        reads.incrementAndGet();
        longestGap.accumulateAndGet(gap, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    /** A caller saw an error, after the balancer had tried both instances. */
    void failed() {
        errors.incrementAndGet();
    }

    public Map<UUID, Post> posts() {
        return posts;
    }

    /** The values that other producers sent; true for those that the broker acknowledged. */
    public Map<String, Boolean> records() {
        return records;
    }

    /** Those of {@link #records} that break the contract. */
    public Set<String> broken() {
        return broken;
    }

    /** Answers that contradict each other. */
    public List<String> violations() {
        return violations;
    }

    /** How many reads were answered so far. */
    public int reads() {
        return reads.get();
    }

    /** The longest time from one answered read to the next, since this was last asked. */
    public Duration takeLongestGap() {
        return longestGap.getAndSet(Duration.ZERO);
    }

    /** How many requests ended in an error so far. */
    public int errors() {
        return errors.get();
    }
}
