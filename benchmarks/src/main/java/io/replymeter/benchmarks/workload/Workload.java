package io.replymeter.benchmarks.workload;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The history of a marketplace, the same for the same values: 45 days that end at {@code end}, 10,000 providers, in the
 * order in which a broker would have appended it. It is generated as it is read: only the conversations that are under way
 * are held in memory.
 *
 * @param events about how many, within some per cent
 */
public record Workload(long events, long seed, Instant end) {

    public static final Duration SPAN = Duration.ofDays(45);
    public static final int PROVIDERS = 10_000;

    /** Only those within the span: what a conversation would bring later is left out. */
    private static final double EVENTS_A_CONVERSATION = 5.9;

    private static final long SPAN_MICROS = SPAN.toMillis() * 1_000;
    private static final long APPEND_DELAY_MILLIS = 20;

    /** The events in order of append time; those of one conversation are in order of their own times as well. */
    public Iterator<LoggedEvent> log() {
        return new Log();
    }

    /** A random UUID (version 4), the same for the same seed. */
    static UUID id(SplittableRandom random) {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }

    private final class Log implements Iterator<LoggedEvent> {

        private final Providers providers = new Providers(PROVIDERS, seed);
        private final SplittableRandom random = new SplittableRandom(seed);
        private final PriorityQueue<ConversationScript> underWay =
                new PriorityQueue<>(Comparator.comparingLong(ConversationScript::nextAt));
        private final long endAt = ChronoUnit.MICROS.between(Instant.EPOCH, end);
        private final double interval = SPAN_MICROS / (events / EVENTS_A_CONVERSATION);
        private double nextStart = endAt - SPAN_MICROS;

        @Override
        public boolean hasNext() {
            while (nextStart < endAt && (underWay.isEmpty() || nextStart <= nextAt())) {
                SplittableRandom own = random.split();
                long start = (long) (nextStart + own.nextDouble() * interval);
                underWay.add(new ConversationScript(start, providers.any(own), own));
                nextStart += interval;
            }
            return !underWay.isEmpty() && nextAt() < endAt;
        }

        @Override
        public LoggedEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ConversationScript conversation = underWay.remove();
            long appendedAt = Math.floorDiv(conversation.nextAt(), 1_000L) + 1 + APPEND_DELAY_MILLIS;
            LoggedEvent event = new LoggedEvent(conversation.next(), appendedAt);
            if (!conversation.isOver()) {
                underWay.add(conversation);
            }
            return event;
        }

        private long nextAt() {
            return underWay.element().nextAt();
        }
    }
}
