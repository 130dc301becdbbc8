package io.replymeter.benchmarks.workload;

import io.replymeter.benchmarks.workload.Providers.Provider;
import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * All that will happen in one conversation: questions with follow-ups, an answer (at once, late, too late or never), some
 * talk, a closing "thanks", perhaps another question days later; automatic replies, notices and deletions in between. No
 * two messages have the same time. Times are in microseconds.
 */
final class ConversationScript {

    private static final long SECOND = 1_000_000;
    private static final double MINUTE = 60.0 * SECOND;
    private static final double DAY = 24 * 60 * MINUTE;

    private enum Type {
        CLIENT_WRITES,
        PROVIDER_WRITES,
        AUTOMATIC_REPLY,
        NOTICE,
        MESSAGE_DELETED,
        CONVERSATION_DELETED
    }

    private record Step(long at, Type type, UUID messageId) {}

    private final SplittableRandom random;
    private final Provider provider;
    private final UUID id;
    private final UUID clientId;
    private final Deque<Step> steps;
    private long sequence;

    ConversationScript(long start, Provider provider, SplittableRandom random) {
        this.random = random;
        this.provider = provider;
        this.id = Workload.id(random);
        this.clientId = Workload.id(random);
        this.steps = steps(start);
    }

    boolean isOver() {
        return steps.isEmpty();
    }

    /** When the next thing happens. */
    long nextAt() {
        return steps.element().at();
    }

    Event next() {
        Step step = steps.remove();
        Instant at = Instant.EPOCH.plus(step.at(), ChronoUnit.MICROS);
        return switch (step.type()) {
            case CLIENT_WRITES -> message(step, at, true, MessageKind.HUMAN);
            case PROVIDER_WRITES -> message(step, at, false, MessageKind.HUMAN);
            case AUTOMATIC_REPLY -> message(step, at, false, MessageKind.AUTO_REPLY);
            case NOTICE -> message(step, at, true, MessageKind.SYSTEM);
            case MESSAGE_DELETED -> new MessageDeleted(step.messageId(), id, at);
            case CONVERSATION_DELETED -> new ConversationDeleted(id, at);
        };
    }

    private MessageCreated message(Step step, Instant at, boolean fromClient, MessageKind kind) {
        return new MessageCreated(
                step.messageId(),
                id,
                fromClient ? clientId : provider.id(),
                fromClient ? Role.CLIENT : Role.PROVIDER,
                fromClient ? provider.id() : clientId,
                fromClient ? Role.PROVIDER : Role.CLIENT,
                kind,
                at,
                ++sequence);
    }

    private Deque<Step> steps(long start) {
        List<Step> planned = new ArrayList<>();
        long at = start;
        do {
            at = later(episode(planned, at), 2 * DAY, 1.2);
        } while (happens(0.35));
        if (happens(0.001)) {
            planned.add(new Step(at, Type.CONVERSATION_DELETED, id));
        }
        planned.sort(Comparator.comparingLong(Step::at));
        return new ArrayDeque<>(planned);
    }

    /** A question and what comes of it; returns the time of its last message. */
    private long episode(List<Step> planned, long start) {
        write(planned, Type.CLIENT_WRITES, start);
        if (happens(provider.automatic())) {
            write(planned, Type.AUTOMATIC_REPLY, start + 2 * SECOND);
        }
        long at = start + 3 * SECOND;
        while (happens(0.3)) {
            at = write(planned, Type.CLIENT_WRITES, later(at, 20 * MINUTE, 1.5));
        }
        if (happens(provider.silent())) {
            return at;
        }
        at = write(planned, Type.PROVIDER_WRITES, later(at, provider.medianMinutes() * MINUTE, 1.6));
        boolean fromClient = true;
        while (happens(0.6)) {
            at = write(planned, fromClient ? Type.CLIENT_WRITES : Type.PROVIDER_WRITES, later(at, 10 * MINUTE, 1.5));
            fromClient = happens(0.8) != fromClient;
        }
        if (happens(0.4)) {
            at = write(planned, Type.CLIENT_WRITES, later(at, 30 * MINUTE, 1.0));
        }
        return at;
    }

    private long write(List<Step> planned, Type type, long at) {
        Step written = new Step(at, type, Workload.id(random));
        planned.add(written);
        if (happens(0.005)) {
            planned.add(new Step(later(at, 10 * MINUTE, 1.0), Type.MESSAGE_DELETED, written.messageId()));
        }
        if (happens(0.01)) {
            planned.add(new Step(at + SECOND, Type.NOTICE, Workload.id(random)));
        }
        return at;
    }

    /** After a log-normal pause of at least 3 seconds. */
    private long later(long at, double median, double sigma) {
        return at + 3 * SECOND + (long) Math.min(median * Math.exp(sigma * random.nextGaussian()), 20 * DAY);
    }

    private boolean happens(double probability) {
        return random.nextDouble() < probability;
    }
}
