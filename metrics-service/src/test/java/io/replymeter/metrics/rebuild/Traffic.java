package io.replymeter.metrics.rebuild;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.Role;
import io.replymeter.metrics.TestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Clients and providers who write, repeat themselves and delete: seeded, in bulk or at a steady rate. */
final class Traffic {

    private static final int PROVIDERS = 20;
    private static final int CONVERSATIONS = 400;
    private static final Duration HISTORY = Duration.ofDays(25);

    private final TestLog log;
    private final Random random = new Random(5);
    private final List<UUID> providers =
            Stream.generate(UUID::randomUUID).limit(PROVIDERS).toList();
    private final List<Conversation> conversations = new ArrayList<>();
    private final Set<UUID> deleted = new HashSet<>();

    private volatile boolean stopped;

    private record Conversation(UUID id, UUID client, UUID provider, List<MessageCreated> messages) {}

    Traffic(TestLog log) {
        this.log = log;
        for (int i = 0; i < CONVERSATIONS; i++) {
            UUID provider =
                    providers.get((int) Math.min(PROVIDERS - 1, Math.abs(random.nextGaussian() * PROVIDERS / 3)));
            conversations.add(new Conversation(UUID.randomUUID(), UUID.randomUUID(), provider, new ArrayList<>()));
        }
    }

    List<UUID> providers() {
        return providers;
    }

    /** So many events, spread over the last days. */
    void history(int events) {
        Instant start = Instant.now().minus(HISTORY);
        List<Event> history = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            history.add(next(start.plus(HISTORY.multipliedBy(i).dividedBy(events))));
        }
        log.appendAll(history);
    }

    /** Writes on until {@link #stop}, a few at a time. */
    Thread start(int eventsPerSecond) {
        Thread thread = new Thread(() -> run(eventsPerSecond), "traffic");
        thread.start();
        return thread;
    }

    private void run(int eventsPerSecond) {
        while (!stopped) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < eventsPerSecond / 20; i++) {
                events.add(next(Instant.now()));
            }
            log.appendAll(events);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Those of which {@code generation} does not hold every message, once; the deleted ones hold none. */
    List<UUID> conversationsWithOtherMessages(int generation, JdbcClient jdbc) {
        Map<UUID, Long> stored = new HashMap<>();
        jdbc.sql("SELECT conversation_id, length(facts) / 26 AS messages FROM conversation WHERE generation = ?")
                .param(generation)
                .query(row -> {
                    stored.put(row.getObject("conversation_id", UUID.class), row.getLong("messages"));
                });
        return conversations.stream()
                .filter(conversation -> stored.getOrDefault(conversation.id(), 0L) != messages(conversation))
                .map(Conversation::id)
                .toList();
    }

    private int messages(Conversation conversation) {
        return deleted.contains(conversation.id()) ? 0 : conversation.messages().size();
    }

    void stop() {
        stopped = true;
    }

    private Event next(Instant at) {
        Conversation conversation = conversations.get(random.nextInt(conversations.size()));
        List<MessageCreated> messages = conversation.messages();
        int chance = random.nextInt(1_000);
        if (!messages.isEmpty() && chance < 30) {
            return messages.get(random.nextInt(messages.size()));
        }
        if (!messages.isEmpty() && chance < 50) {
            UUID message = messages.get(random.nextInt(messages.size())).messageId();
            return new MessageDeleted(message, conversation.id(), at);
        }
        if (chance == 50) {
            deleted.add(conversation.id());
            return new ConversationDeleted(conversation.id(), at);
        }
        boolean isLate = chance < 100;
        MessageCreated message = message(conversation, isLate ? at.minus(Duration.ofHours(random.nextInt(48))) : at);
        messages.add(message);
        return message;
    }

    private MessageCreated message(Conversation conversation, Instant at) {
        return random.nextBoolean()
                ? TestLog.message(conversation.id(), conversation.client(), Role.CLIENT, conversation.provider(), at)
                : TestLog.message(conversation.id(), conversation.provider(), Role.PROVIDER, conversation.client(), at);
    }
}
