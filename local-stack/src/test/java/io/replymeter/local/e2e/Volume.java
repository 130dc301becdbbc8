package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A marketplace of realistic size whose numbers are known: every provider has 34 inquiries in 34 conversations of three
 * messages, answers 25 of them, and always takes the same time.
 */
final class Volume {

    static final int PROVIDERS = 2_000;
    static final int INQUIRIES = 34;
    static final int ANSWERED = 25;
    static final int MESSAGES = PROVIDERS * INQUIRIES * 3;

    private static final int CLIENTS = 10_000;
    private static final int CHUNK = 10_000;

    private final Random random = new Random(7);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final List<Person> providers = people(PROVIDERS, "PROVIDER");
    private final List<Person> clients = people(CLIENTS, "CLIENT");
    private final List<String> chunk = new ArrayList<>();

    List<Person> providers() {
        return providers;
    }

    /** The client in a conversation of a provider. Conversations are numbered from 0 to 33, newest first. */
    Person client(int provider, int conversation) {
        return clients.get((provider * INQUIRIES + conversation) % CLIENTS);
    }

    static Duration responseTime(int provider) {
        return Duration.ofMinutes(10 + provider % 50);
    }

    /** Imports everything, the oldest conversations first. */
    void happened() {
        for (int conversation = INQUIRIES - 1; conversation >= 0; conversation--) {
            for (int provider = 0; provider < PROVIDERS; provider++) {
                add(provider, conversation);
            }
        }
        upload();
    }

    private void add(int provider, int conversation) {
        UUID id = newId();
        Instant asked = now.minus(Duration.ofHours(48 + 18L * conversation)).plusSeconds(provider);
        Instant second = asked.plus(responseTime(provider));
        boolean answered = conversation % 4 != 0;
        row(id, provider, conversation, "CLIENT", asked);
        row(id, provider, conversation, answered ? "PROVIDER" : "CLIENT", second);
        row(id, provider, conversation, "CLIENT", second.plusSeconds(30));
    }

    private void row(UUID id, int provider, int conversation, String sender, Instant sentAt) {
        Person theirs = providers.get(provider);
        chunk.add(String.join(
                ",",
                newId().toString(),
                id.toString(),
                client(provider, conversation).id().toString(),
                theirs.id().toString(),
                sender,
                sentAt.toString()));
        if (chunk.size() == CHUNK) {
            upload();
        }
    }

    private void upload() {
        if (chunk.isEmpty()) {
            return;
        }
        JsonNode result = EndToEnd.messaging()
                .postCsv("/api/v1/imports", EndToEnd.adminToken(), History.HEADER + String.join("\n", chunk) + "\n")
                .expect(200);
        assertThat(result.path("imported").asInt()).isEqualTo(chunk.size());
        chunk.clear();
    }

    private List<Person> people(int count, String role) {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(new Person(newId(), role));
        }
        return people;
    }

    private UUID newId() {
        long high = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
