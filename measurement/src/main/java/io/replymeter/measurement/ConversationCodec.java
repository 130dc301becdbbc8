package io.replymeter.measurement;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A conversation as three byte strings of fixed-width, big-endian entries, so that one row holds it and SQL can still
 * read it (view {@code fact}). Equal conversations encode to equal bytes.
 *
 * <ul>
 *   <li>threads, 56 bytes each: client id, provider id, and the checkpoint's three times
 *   <li>facts, 26 bytes each, in order: thread number (15 bits) and whether the client wrote it (1 bit), sent at,
 *       message id
 *   <li>deletions, 24 bytes each, by message id: message id, appended at
 * </ul>
 */
public final class ConversationCodec {

    private static final int THREAD_BYTES = 56;
    private static final int FACT_BYTES = 26;
    private static final int DELETION_BYTES = 24;
    private static final int FROM_CLIENT = 1;
    private static final int MAXIMUM_THREADS = 1 << 15;

    /** The three byte strings. */
    // Nobody compares it: it only carries the bytes to and from the database.
    @SuppressWarnings("ArrayRecordComponent")
    public record Encoded(byte[] threads, byte[] facts, byte[] deletions) {}

    private ConversationCodec() {}

    /** @throws IllegalStateException when there are over 32,768 threads */
    public static Encoded encode(Conversation conversation) {
        Map<ThreadKey, Integer> numbers = numberThreads(conversation);
        return new Encoded(
                encodeThreads(numbers, conversation.checkpoints()),
                encodeFacts(conversation.facts(), numbers),
                encodeDeletions(conversation.deletions()));
    }

    public static Conversation decode(UUID id, boolean deleted, Encoded encoded) {
        List<ThreadKey> threads = new ArrayList<>();
        Map<ThreadKey, Checkpoint> checkpoints = decodeThreads(encoded.threads(), threads);
        return new Conversation(
                id, deleted, checkpoints, decodeFacts(encoded.facts(), threads), decodeDeletions(encoded.deletions()));
    }

    /** In unsigned order of client and provider, so that the order of arrival does not matter. */
    private static Map<ThreadKey, Integer> numberThreads(Conversation conversation) {
        Map<ThreadKey, Integer> numbers = new TreeMap<>(Comparator.comparing(ThreadKey::clientId, UnsignedUuid.ORDER)
                .thenComparing(ThreadKey::providerId, UnsignedUuid.ORDER));
        conversation.checkpoints().keySet().forEach(thread -> numbers.put(thread, 0));
        Fact before = null;
        for (Fact fact : conversation.facts()) {
            if (before == null || !fact.isOfSameThread(before)) {
                numbers.put(ThreadKey.of(fact), 0);
            }
            before = fact;
        }
        if (numbers.size() > MAXIMUM_THREADS) {
            throw new IllegalStateException("conversation " + conversation.id() + " has too many threads");
        }
        int number = 0;
        for (Map.Entry<ThreadKey, Integer> entry : numbers.entrySet()) {
            entry.setValue(number++);
        }
        return numbers;
    }

    private static byte[] encodeThreads(Map<ThreadKey, Integer> numbers, Map<ThreadKey, Checkpoint> checkpoints) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.size() * THREAD_BYTES);
        for (ThreadKey thread : numbers.keySet()) {
            Checkpoint checkpoint = checkpoints.getOrDefault(thread, Checkpoint.EMPTY);
            put(bytes, thread.clientId());
            put(bytes, thread.providerId());
            bytes.putLong(checkpoint.lastMessageAt())
                    .putLong(checkpoint.lastProviderAt())
                    .putLong(checkpoint.openedAt());
        }
        return bytes.array();
    }

    private static Map<ThreadKey, Checkpoint> decodeThreads(byte[] encoded, List<ThreadKey> threads) {
        Map<ThreadKey, Checkpoint> checkpoints = new LinkedHashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        while (bytes.hasRemaining()) {
            ThreadKey thread = new ThreadKey(uuid(bytes), uuid(bytes));
            Checkpoint checkpoint = new Checkpoint(bytes.getLong(), bytes.getLong(), bytes.getLong());
            threads.add(thread);
            if (!checkpoint.isEmpty()) {
                checkpoints.put(thread, checkpoint);
            }
        }
        return checkpoints;
    }

    private static byte[] encodeFacts(List<Fact> facts, Map<ThreadKey, Integer> numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(facts.size() * FACT_BYTES);
        for (Fact fact : facts) {
            int thread = numbers.size() == 1 ? 0 : requireNonNull(numbers.get(ThreadKey.of(fact)));
            bytes.putShort((short) (thread << 1 | (fact.fromClient() ? FROM_CLIENT : 0)));
            bytes.putLong(fact.sentAt());
            put(bytes, fact.messageId());
        }
        return bytes.array();
    }

    private static List<Fact> decodeFacts(byte[] encoded, List<ThreadKey> threads) {
        List<Fact> facts = new ArrayList<>(encoded.length / FACT_BYTES + 1);
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        while (bytes.hasRemaining()) {
            int tag = Short.toUnsignedInt(bytes.getShort());
            ThreadKey thread = threads.get(tag >>> 1);
            long sentAt = bytes.getLong();
            facts.add(new Fact(
                    uuid(bytes), sentAt, thread.clientId(), thread.providerId(), (tag & FROM_CLIENT) == FROM_CLIENT));
        }
        return facts;
    }

    private static byte[] encodeDeletions(Map<UUID, Long> deletions) {
        Map<UUID, Long> ordered = new TreeMap<>(UnsignedUuid.ORDER);
        ordered.putAll(deletions);
        ByteBuffer bytes = ByteBuffer.allocate(ordered.size() * DELETION_BYTES);
        ordered.forEach((messageId, appendedAt) -> {
            put(bytes, messageId);
            bytes.putLong(appendedAt);
        });
        return bytes.array();
    }

    private static Map<UUID, Long> decodeDeletions(byte[] encoded) {
        Map<UUID, Long> deletions = new HashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        while (bytes.hasRemaining()) {
            deletions.put(uuid(bytes), bytes.getLong());
        }
        return deletions;
    }

    private static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
