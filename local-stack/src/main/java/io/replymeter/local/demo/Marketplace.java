package io.replymeter.local.demo;

import static java.util.stream.Collectors.joining;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Forty providers, four hundred clients, and the messages they wrote to each other in the 30 days before a given time.
 * The same seed and time give the same marketplace, so that it can be sent again without changing anything.
 */
final class Marketplace {

    private static final int CLIENTS = 400;
    private static final int MEMBERS = 3;
    private static final Duration HISTORY = Duration.ofDays(29).plusHours(12);
    private static final Duration RESPONSE_LIMIT = Duration.ofDays(7);

    /** The habits of the forty providers. The user is shown the first provider of each habit. */
    private static final List<Habit> HABITS = habits();

    private final Random random;
    private final Instant now;
    private final List<Provider> providers = new ArrayList<>();
    private final List<NewUser> clients = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();

    /** A provider and how it answers. */
    record Provider(NewUser user, Habit habit) {}

    /** Who may answer for a provider. */
    record Member(NewUser user, UUID team) {}

    /**
     * A message of the history.
     *
     * @param member the user on the provider's side, the provider itself if it is no team
     * @param answerableFrom null if that is at once
     * @param spamSince when the platform found that it is spam; null if it is none
     */
    record Message(
            UUID id,
            UUID conversation,
            UUID client,
            UUID provider,
            UUID member,
            Role sender,
            String kind,
            Instant sentAt,
            @Nullable Instant answerableFrom,
            @Nullable Instant spamSince) {

        static final List<String> MORE_COLUMNS =
                List.of("kind", "answering_for", "answerable_from", "excused_by", "excuse_reason", "excused_at");

        String row() {
            Object[] cells = {
                id,
                conversation,
                client,
                member,
                sender,
                sentAt,
                kind,
                member.equals(provider) ? "" : provider,
                answerableFrom == null ? "" : answerableFrom,
                spamSince == null ? "" : "PLATFORM",
                spamSince == null ? "" : "SPAM",
                spamSince == null ? "" : spamSince
            };
            return Stream.of(cells).map(Object::toString).collect(joining(","));
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
        providers.stream().filter(provider -> provider.habit() == Habit.TEAM).forEach(this::addMembers);
        providers.forEach(this::writeHistory);
        messages.sort(Comparator.comparing(Message::sentAt));
    }

    List<Provider> providers() {
        return List.copyOf(providers);
    }

    List<NewUser> clients() {
        return List.copyOf(clients);
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    private void addMembers(Provider team) {
        for (int number = 0; number < MEMBERS; number++) {
            String name = Names.member(number, team.user().displayName());
            members.add(new Member(
                    new NewUser(newId(), Role.PROVIDER, name), team.user().id()));
        }
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
        Thread thread = new Thread(newId(), client, provider.user().id(), provider.habit());
        Instant asked = waking(now.minus(HISTORY).plusSeconds(random.nextInt((int) HISTORY.toSeconds())));
        if (provider.habit() == Habit.SPAMMED && random.nextInt(4) == 0) {
            thread.writeSpam(asked);
            return;
        }
        thread.write(Role.CLIENT, asked);
        if (provider.habit() == Habit.AUTO_REPLYING) {
            thread.write(Role.PROVIDER, "AUTO_REPLY", asked.plusSeconds(5));
        }
        Instant followUp = asked.plusSeconds(60 + random.nextInt(7_200));
        if (random.nextInt(4) == 0) {
            thread.write(Role.CLIENT, followUp);
        }
        Instant answer = provider.habit().answers(asked, random);
        if (answer == null || answer.isAfter(asked.plus(RESPONSE_LIMIT))) {
            return;
        }
        thread.write(Role.PROVIDER, provider.habit() == Habit.ACCEPTING ? "ACTION" : "HUMAN", answer);
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
        private final Habit habit;

        Thread(UUID conversation, UUID client, UUID provider, Habit habit) {
            this.conversation = conversation;
            this.client = client;
            this.provider = provider;
            this.habit = habit;
        }

        void write(Role sender, Instant time) {
            write(sender, "HUMAN", time);
        }

        void write(Role sender, String kind, Instant time) {
            write(sender, kind, time, null);
        }

        void writeSpam(Instant time) {
            Instant found = time.plus(Duration.ofHours(1));
            write(Role.CLIENT, "HUMAN", time, found.isBefore(now) ? found : null);
        }

        private void write(Role sender, String kind, Instant time, @Nullable Instant spamSince) {
            UUID id = newId();
            boolean isDeferred = sender == Role.CLIENT && habit == Habit.OFFICE_HOURS;
            boolean isByMember = sender == Role.PROVIDER && habit == Habit.TEAM;
            UUID member = isByMember
                    ? members.get(random.nextInt(members.size())).user().id()
                    : provider;
            if (time.isBefore(now)) {
                messages.add(new Message(
                        id,
                        conversation,
                        client,
                        provider,
                        member,
                        sender,
                        kind,
                        time,
                        isDeferred ? habit.opens(time) : null,
                        spamSince));
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
