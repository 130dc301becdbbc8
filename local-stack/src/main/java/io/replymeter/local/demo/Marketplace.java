package io.replymeter.local.demo;

import io.replymeter.local.api.NewUser;
import io.replymeter.local.api.NewUser.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Forty providers, four hundred clients, and the messages they wrote to each other in the 30 days before a given time.
 * The same seed and time give the same marketplace, so that it can be sent again without changing anything.
 */
final class Marketplace {

    private static final int CLIENTS = 400;
    private static final Duration HISTORY = Duration.ofDays(29).plusHours(12);
    private static final Duration RESPONSE_LIMIT = Duration.ofDays(7);

    /** The habits of the forty providers. The user is shown the first provider of each habit. */
    private static final List<Habit> HABITS = habits();

    private final Random random;
    private final Instant now;
    private final List<Provider> providers = new ArrayList<>();
    private final List<NewUser> clients = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();

    /** A provider and how it answers. */
    record Provider(NewUser user, Habit habit) {}

    /** A message of the history. */
    record Message(UUID id, UUID conversation, UUID client, UUID provider, Role sender, Instant sentAt) {

        String row() {
            return String.join(
                    ",",
                    id.toString(),
                    conversation.toString(),
                    client.toString(),
                    provider.toString(),
                    sender.name(),
                    sentAt.toString());
        }
    }

    Marketplace(long seed, Instant now) {
        this.random = new Random(seed);
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        for (int number = 0; number < HABITS.size(); number++) {
            NewUser user = new NewUser(newId(), Role.PROVIDER, Names.provider(number));
            providers.add(new Provider(user, HABITS.get(number)));
        }
        for (int number = 0; number < CLIENTS; number++) {
            clients.add(new NewUser(newId(), Role.CLIENT, Names.client(number)));
        }
        providers.forEach(this::writeHistory);
        messages.sort(Comparator.comparing(Message::sentAt));
    }

    List<Provider> providers() {
        return List.copyOf(providers);
    }

    List<NewUser> clients() {
        return List.copyOf(clients);
    }

    /** All messages, oldest first, none after the time of the marketplace. */
    List<Message> messages() {
        return List.copyOf(messages);
    }

    private void writeHistory(Provider provider) {
        int inquiries = provider.habit() == Habit.NEW
                ? provider.habit().inquiries
                : (int) Math.round(provider.habit().inquiries * (0.7 + 0.6 * random.nextDouble()));
        Set<UUID> known = new HashSet<>();
        while (known.size() < inquiries) {
            NewUser client = clients.get(random.nextInt(clients.size()));
            if (known.add(client.id())) {
                writeConversation(provider, client.id());
            }
        }
    }

    private void writeConversation(Provider provider, UUID client) {
        Thread thread = new Thread(newId(), client, provider.user().id());
        Instant asked = waking(now.minus(HISTORY).plusSeconds(random.nextInt((int) HISTORY.toSeconds())));
        thread.write(Role.CLIENT, asked);
        Instant followUp = asked.plusSeconds(60 + random.nextInt(7_200));
        if (random.nextInt(4) == 0) {
            thread.write(Role.CLIENT, followUp);
        }
        Instant answer = provider.habit().answers(asked, random);
        if (answer == null || answer.isAfter(asked.plus(RESPONSE_LIMIT))) {
            return;
        }
        thread.write(Role.PROVIDER, answer);
        continueConversation(thread, answer);
    }

    private void continueConversation(Thread thread, Instant answer) {
        Instant time = answer;
        for (int turn = random.nextInt(4); turn > 0; turn--) {
            time = time.plusSeconds(120 + random.nextInt(5_400));
            thread.write(turn % 2 == 1 ? Role.CLIENT : Role.PROVIDER, time);
        }
    }

    /** Few people ask at night. */
    private Instant waking(Instant time) {
        long hour = time.getEpochSecond() / 3_600 % 24;
        boolean awake = hour >= 7 && hour < 23;
        Instant moved = awake ? time : time.plus(Duration.ofHours(8));
        return moved.isBefore(now) ? moved : time;
    }

    private UUID newId() {
        long high = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** One client and one provider in one conversation. */
    private final class Thread {

        private final UUID conversation;
        private final UUID client;
        private final UUID provider;

        Thread(UUID conversation, UUID client, UUID provider) {
            this.conversation = conversation;
            this.client = client;
            this.provider = provider;
        }

        void write(Role sender, Instant time) {
            UUID id = newId();
            if (time.isBefore(now)) {
                messages.add(new Message(id, conversation, client, provider, sender, time));
            }
        }
    }

    private static List<Habit> habits() {
        List<Habit> habits = new ArrayList<>(List.of(Habit.values()));
        List<Habit> ordinary =
                List.of(Habit.AT_ONCE, Habit.SAME_DAY, Habit.OFFICE_HOURS, Habit.EVENINGS, Habit.PICKY, Habit.SLOW);
        while (habits.size() < 40) {
            habits.add(ordinary.get(habits.size() % ordinary.size()));
        }
        return List.copyOf(habits);
    }
}
