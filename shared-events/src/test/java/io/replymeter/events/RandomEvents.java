package io.replymeter.events;

import io.replymeter.events.InquiryExcused.ExcusedBy;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Random events of every type, often with extreme values; the same for the same seed. */
final class RandomEvents {

    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final List<Instant> NOTABLE_TIMES = List.of(
            Instant.EPOCH,
            Instant.EPOCH.plusNanos(1000),
            Instant.parse("2024-02-29T23:59:59Z"),
            Instant.parse("2026-11-22T10:00:00.100Z"),
            Instant.parse("2026-11-22T10:00:00.000001Z"),
            LATEST);
    private static final List<UUID> NOTABLE_IDS = List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(0, 1));

    private final Random random;

    RandomEvents(long seed) {
        random = new Random(seed);
    }

    Event next() {
        return switch (random.nextInt(5)) {
            case 0 -> new MessageDeleted(id(), id(), time());
            case 1 -> new ConversationDeleted(id(), time());
            case 2 -> new InquiryExcused(id(), id(), any(ExcuseReason.values()), any(ExcusedBy.values()), time());
            default -> messageCreated();
        };
    }

    MessageCreated messageCreated() {
        UUID sender = id();
        UUID recipient = id();
        while (recipient.equals(sender)) {
            recipient = id();
        }
        UUID provider = id();
        boolean isOfTeam = random.nextBoolean() && !provider.equals(sender) && !provider.equals(recipient);
        return new MessageCreated(
                id(),
                id(),
                sender,
                any(Role.values()),
                recipient,
                any(Role.values()),
                kind(),
                time(),
                sequence(),
                isOfTeam ? provider : null,
                random.nextBoolean() ? time() : null);
    }

    private MessageKind kind() {
        return any(MessageKind.values());
    }

    private UUID id() {
        return random.nextInt(20) == 0 ? any(NOTABLE_IDS) : new UUID(random.nextLong(), random.nextLong());
    }

    private Instant time() {
        if (random.nextInt(5) == 0) {
            return any(NOTABLE_TIMES);
        }
        return Instant.ofEpochSecond((long) (random.nextDouble() * LATEST.getEpochSecond()))
                .plusNanos(random.nextInt(1_000_000_000));
    }

    private @Nullable Long sequence() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> 1L;
            case 2 -> Long.MAX_VALUE;
            default -> 1 + random.nextLong(1_000_000);
        };
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
