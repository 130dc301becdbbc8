package io.replymeter.benchmarks.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Generated messages: the same seed gives the same messages. */
final class Workload {
    private static final long DAY = 86_400_000_000L;
    private static final long SPAN = 45 * DAY;
    private static final long START = 1_790_000_000_000_000L;
    private static final int PROVIDERS = 10_000;
    private static final int PARTITIONS = 12;

    private final Random random;
    private final UUID[] providers = new UUID[PROVIDERS];
    private final double[] providerShares = new double[PROVIDERS];

    Workload(long seed) {
        random = new Random(seed);
        double sum = 0;
        for (int i = 0; i < PROVIDERS; i++) {
            providers[i] = uuid();
            sum += 1.0 / (i + 1);
            providerShares[i] = sum;
        }
    }

    /** Conversations of 2 to 20 messages, 8 on average, as one log in order of time. */
    List<Message> messages(int count) {
        List<Message> messages = new ArrayList<>(count + 20);
        while (messages.size() < count) {
            messages.addAll(conversation(conversationLength()));
        }
        List<Message> exactly = new ArrayList<>(messages.subList(0, count));
        exactly.sort(Message.ORDER);
        return exactly;
    }

    /** One conversation with that many messages. */
    List<Message> conversation(int length) {
        UUID conversationId = uuid();
        UUID clientId = uuid();
        UUID providerId = provider();
        List<Message> messages = new ArrayList<>(length);
        boolean fromProvider = false;
        long sentAt = START + (long) (random.nextDouble() * SPAN);
        for (int i = 0; i < length; i++) {
            messages.add(new Message(conversationId, clientId, providerId, uuid(), sentAt, fromProvider));
            fromProvider = random.nextInt(10) < 7 ? !fromProvider : fromProvider;
            sentAt += pause();
        }
        return messages;
    }

    /**
     * The same messages as a careless log would bring them: one in 20 a little late, one in 20 twice. Every form has to
     * end in the same state as without that.
     */
    List<Message> disordered(List<Message> messages) {
        List<Message> log = new ArrayList<>(messages);
        for (int i = 0; i < messages.size() / 20; i++) {
            int from = random.nextInt(log.size());
            log.add(Math.min(log.size() - 1, from + random.nextInt(3_000)), log.remove(from));
            Message twice = log.get(random.nextInt(log.size()));
            log.add(random.nextInt(log.size()), twice);
        }
        return log;
    }

    /** What each of the workers reads: its share of the partitions, in order. */
    static List<List<Message>> shares(List<Message> log, int workers) {
        List<List<Message>> shares = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            shares.add(new ArrayList<>());
        }
        for (Message message : log) {
            int partition = Math.floorMod(message.conversationId().hashCode(), PARTITIONS);
            shares.get(partition * workers / PARTITIONS).add(message);
        }
        return shares;
    }

    private int conversationLength() {
        int length;
        do {
            length = 2 + (int) (-Math.log(1 - random.nextDouble()) * 10);
        } while (length > 20);
        return length;
    }

    /** Log-normal, median 30 minutes: most answers within the hour, some after days. */
    private long pause() {
        double minutes = 30 * Math.exp(2 * random.nextGaussian());
        return 1 + (long) (Math.min(minutes, 6 * 24 * 60) * 60_000_000L);
    }

    /** Zipf: the n-th provider gets 1/n of what the first one gets. */
    private UUID provider() {
        double at = random.nextDouble() * providerShares[PROVIDERS - 1];
        int found = Arrays.binarySearch(providerShares, at);
        return providers[found < 0 ? -found - 1 : found];
    }

    private UUID uuid() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & ~(3L << 62) | 1L << 63;
        return new UUID(high, low);
    }
}
