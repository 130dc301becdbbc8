package io.replymeter.benchmarks.workload;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The history of a marketplace, the same for the same values: 45 days that end at {@code end}, 10,000 providers, in the
 * order in which a broker would have appended it. Streams: it holds only the conversations that are under way.
 *
 * @param events about how many, within some per cent
 */
public record Workload(long events, long seed, Instant end) {

    public static final Duration SPAN = Duration.ofDays(45);
    public static final int PROVIDERS = 10_000;

    /** Those that happen within the span; what conversations would still bring after it is left out. */
    private static final double EVENTS_A_CONVERSATION = 5.9;

    private static final long SPAN_MICROS = SPAN.toMillis() * 1_000;
    private static final long APPEND_DELAY_MILLIS = 20;

    /** The events in the order of their append times; a conversation's are in the order of their own times as well. */
    public Iterator<LoggedEvent> log() {
        return new Log();
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
                SplittableRandom its = random.split();
                long start = (long) (nextStart + its.nextDouble() * interval);
                underWay.add(new ConversationScript(start, providers.any(its), its));
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
