package io.replymeter.measurement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What may be told about one conversation of two clients and two providers: messages, copies, deletions, excuses. */
final class RandomConversation {

    static final long DAY = TimeUnit.DAYS.toMicros(1);
    static final long START = 20_000 * DAY;
    static final int DAYS = 40;

    private final Random random;
    private final UUID id;
    private final List<UUID> clients;
    private final List<UUID> providers;
    private final List<Consumer<Conversation>> told = new ArrayList<>();

    RandomConversation(long seed) {
        random = new Random(seed);
        id = uuid();
        clients = List.of(uuid(), uuid());
        providers = List.of(uuid(), uuid());
        for (int i = random.nextInt(40); i >= 0; i--) {
            tell();
        }
    }

    private void tell() {
        Fact message = message(uuid());
        told.add(conversation -> conversation.add(message));
        if (random.nextInt(8) == 0) {
            Fact copy = message(message.messageId());
            told.add(conversation -> conversation.add(copy));
        }
        if (random.nextInt(5) == 0) {
            UUID deleted = random.nextBoolean() ? message.messageId() : uuid();
            long appendedAt = message.sentAt() + random.nextInt((int) TimeUnit.HOURS.toMillis(30)) * 1000L;
            told.add(conversation -> conversation.deleteMessage(deleted, appendedAt));
        }
        while (random.nextInt(3) == 0) {
            excuse(message);
        }
    }

    private void excuse(Fact message) {
        long excusedAt = message.sentAt() + random.nextInt(-4, 60) * (DAY / 4);
        long appendedAt = excusedAt + (random.nextInt(4) == 0 ? random.nextInt(100) * (DAY / 4) : 0);
        Excuse excuse = new Excuse(oneOf(Excuse.By.values()), oneOf(Excuse.Reason.values()), excusedAt);
        told.add(conversation -> conversation.excuse(message.messageId(), excuse, appendedAt));
    }

    private Fact message(UUID messageId) {
        // Coarse, so that times coincide and limits are met.
        long sentAt = START + random.nextInt(DAYS * 4) * (DAY / 4);
        UUID client = oneOf(clients);
        UUID provider = oneOf(providers);
        boolean fromClient = random.nextBoolean();
        UUID colleague = random.nextInt(3) == 0 ? oneOf(clients) : provider;
        boolean isAction = !fromClient && random.nextInt(4) == 0;
        long deferral = random.nextInt(3) == 0 ? random.nextInt(-4, 70) * (DAY / 4) : 0;
        return new Fact(
                messageId,
                sentAt,
                client,
                provider,
                fromClient ? client : colleague,
                fromClient,
                isAction,
                sentAt + deferral);
    }

    /** Told in the order in which it was made up. */
    Conversation inOrder() {
        Conversation conversation = new Conversation(id);
        told.forEach(one -> one.accept(conversation));
        return conversation;
    }

    /** Told in another order, parts of it twice, and stored and read in between. */
    Conversation inAnotherOrder() {
        List<Consumer<Conversation>> shuffled = new ArrayList<>(
                Stream.concat(told.stream(), told.stream().limit(5)).toList());
        Collections.shuffle(shuffled, random);
        Conversation conversation = new Conversation(id);
        for (Consumer<Conversation> one : shuffled) {
            one.accept(conversation);
            conversation = random.nextInt(4) == 0 ? stored(conversation) : conversation;
        }
        return conversation;
    }

    static Conversation stored(Conversation conversation) {
        return ConversationCodec.decode(
                conversation.id(), conversation.isDeleted(), ConversationCodec.encode(conversation));
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> T oneOf(T[] values) {
        return oneOf(List.of(values));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
