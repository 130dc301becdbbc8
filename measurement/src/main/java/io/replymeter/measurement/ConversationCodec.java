package io.replymeter.measurement;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.Fact.ThreadKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as byte strings of fixed-width, big-endian entries, so that one row holds it and SQL can still read it
 * (view {@code fact}). Equal conversations encode to equal bytes. What few messages have takes room only where it occurs.
 *
 * <ul>
 *   <li>threads, 56 bytes each: client id, provider id, and the checkpoint's times: last message, the provider's last one
 *       (or when the open inquiry closed: while one is open, the provider was silent), opened at
 *   <li>facts, 26 bytes each, in order: thread number (15 bits) and whether the client wrote it (1 bit), flags (6 bits)
 *       and sent at (58 bits), message id
 *   <li>deletions, 24 bytes each, by message id: message id, appended at
 *   <li>extras, null if empty: for each fact in order with the flag {@link #COLLEAGUE} its sender's id, with {@link
 *       #DEFERRED} answerable from; then excuses, 34 bytes each, by message id: message id, by whom, reason, excused at,
 *       appended at
 * </ul>
 */
public final class ConversationCodec {

    private static final int THREAD_BYTES = 56;
    private static final int FACT_BYTES = 26;
    private static final int DELETION_BYTES = 24;
    private static final int EXCUSE_BYTES = 34;
    private static final int FROM_CLIENT = 1;
    /** The years up to 9999 need 58 bits; the flags are the six above. */
    private static final int FLAG_SHIFT = 58;

    private static final int ACTION = 1;
    private static final int COLLEAGUE = 2;
    private static final int DEFERRED = 4;
    private static final byte[] NOTHING = {};
    /** What 15 bits can number. */
    static final int MAXIMUM_THREADS = 1 << 15;

    /** The byte strings. */
    // Nobody compares it: it only carries the bytes to and from the database.
    @SuppressWarnings("ArrayRecordComponent")
    public record Encoded(byte[] threads, byte[] facts, byte[] deletions, byte @Nullable [] extras) {}

    private ConversationCodec() {}

    /** @throws IllegalStateException when there are over 32,768 threads */
    public static Encoded encode(Conversation conversation) {
        Map<ThreadKey, Integer> numbers = numberThreads(conversation);
        return new Encoded(
                encodeThreads(numbers, conversation.checkpoints()),
                encodeFacts(conversation.facts(), numbers),
                encodeDeletions(conversation.amendments().deletions()),
                encodeExtras(conversation));
    }

    public static Conversation decode(UUID id, boolean deleted, Encoded encoded) {
        List<ThreadKey> threads = new ArrayList<>();
        Map<ThreadKey, Checkpoint> checkpoints = decodeThreads(encoded.threads(), threads);
        ByteBuffer extras = ByteBuffer.wrap(encoded.extras() == null ? NOTHING : encoded.extras());
        List<Fact> facts = decodeFacts(encoded.facts(), threads, extras);
        return new Conversation(id, deleted, checkpoints, facts, decodeAmendments(encoded.deletions(), extras));
    }

    /** In unsigned order of client and provider, so that the order of arrival does not matter. */
    private static Map<ThreadKey, Integer> numberThreads(Conversation conversation) {
        Map<ThreadKey, Integer> numbers = new TreeMap<>(Comparator.comparing(ThreadKey::clientId, UnsignedUuid.ORDER)
                .thenComparing(ThreadKey::providerId, UnsignedUuid.ORDER));
        conversation.checkpoints().keySet().forEach(thread -> numbers.put(thread, 0));
        Fact before = null;
        for (Fact fact : conversation.facts()) {
            if (before == null || !fact.isOfSameThread(before)) {
                numbers.put(fact.thread(), 0);
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
            boolean isOpen = checkpoint.openedAt() != Checkpoint.NONE;
            bytes.putLong(checkpoint.lastMessageAt())
                    .putLong(isOpen ? checkpoint.closedAt() : checkpoint.lastProviderAt())
                    .putLong(checkpoint.openedAt());
        }
        return bytes.array();
    }

    private static Map<ThreadKey, Checkpoint> decodeThreads(byte[] encoded, List<ThreadKey> threads) {
        Map<ThreadKey, Checkpoint> checkpoints = new LinkedHashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        while (bytes.hasRemaining()) {
            ThreadKey thread = new ThreadKey(uuid(bytes), uuid(bytes));
            long lastMessageAt = bytes.getLong();
            long lastProviderOrClosedAt = bytes.getLong();
            long openedAt = bytes.getLong();
            boolean isOpen = openedAt != Checkpoint.NONE;
            Checkpoint checkpoint = new Checkpoint(
                    lastMessageAt,
                    isOpen ? Checkpoint.NONE : lastProviderOrClosedAt,
                    openedAt,
                    isOpen ? lastProviderOrClosedAt : Checkpoint.NONE);
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
            int thread = numbers.size() == 1 ? 0 : requireNonNull(numbers.get(fact.thread()));
            bytes.putShort((short) (thread << 1 | (fact.fromClient() ? FROM_CLIENT : 0)));
            bytes.putLong((long) flags(fact) << FLAG_SHIFT | fact.sentAt());
            put(bytes, fact.messageId());
        }
        return bytes.array();
    }

    private static int flags(Fact fact) {
        return (fact.isAction() ? ACTION : 0)
                | (fact.isFromColleague() ? COLLEAGUE : 0)
                | (fact.answerableFrom() > fact.sentAt() ? DEFERRED : 0);
    }

    private static List<Fact> decodeFacts(byte[] encoded, List<ThreadKey> threads, ByteBuffer extras) {
        List<Fact> facts = new ArrayList<>(encoded.length / FACT_BYTES + 1);
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        while (bytes.hasRemaining()) {
            int tag = Short.toUnsignedInt(bytes.getShort());
            ThreadKey thread = threads.get(tag >>> 1);
            boolean fromClient = (tag & FROM_CLIENT) == FROM_CLIENT;
            long stamp = bytes.getLong();
            int flags = (int) (stamp >>> FLAG_SHIFT);
            long sentAt = stamp & ~(-1L << FLAG_SHIFT);
            UUID sender = fromClient ? thread.clientId() : thread.providerId();
            facts.add(new Fact(
                    uuid(bytes),
                    sentAt,
                    thread.clientId(),
                    thread.providerId(),
                    (flags & COLLEAGUE) == COLLEAGUE ? uuid(extras) : sender,
                    fromClient,
                    (flags & ACTION) == ACTION,
                    (flags & DEFERRED) == DEFERRED ? extras.getLong() : sentAt));
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

    private static byte @Nullable [] encodeExtras(Conversation conversation) {
        List<Fact> facts = conversation.facts();
        Map<UUID, List<Excuse.Appended>> excuses = new TreeMap<>(UnsignedUuid.ORDER);
        excuses.putAll(conversation.amendments().excuses());
        int size = facts.stream().mapToInt(fact -> extraBytes(flags(fact))).sum()
                + EXCUSE_BYTES * excuses.values().stream().mapToInt(List::size).sum();
        if (size == 0) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (Fact fact : facts) {
            int flags = flags(fact);
            if ((flags & COLLEAGUE) == COLLEAGUE) {
                put(bytes, fact.senderId());
            }
            if ((flags & DEFERRED) == DEFERRED) {
                bytes.putLong(fact.answerableFrom());
            }
        }
        excuses.forEach((messageId, known) ->
                known.stream().sorted(Excuse.Appended.ORDER).forEach(excuse -> put(bytes, messageId, excuse)));
        return bytes.array();
    }

    private static int extraBytes(int flags) {
        return ((flags & COLLEAGUE) == COLLEAGUE ? 2 * Long.BYTES : 0)
                + ((flags & DEFERRED) == DEFERRED ? Long.BYTES : 0);
    }

    /** @param excuses what follows the facts in the extras */
    private static Amendments decodeAmendments(byte[] deletions, ByteBuffer excuses) {
        Amendments amendments = new Amendments();
        ByteBuffer bytes = ByteBuffer.wrap(deletions);
        while (bytes.hasRemaining()) {
            amendments.delete(uuid(bytes), bytes.getLong());
        }
        while (excuses.hasRemaining()) {
            UUID messageId = uuid(excuses);
            Excuse excuse = new Excuse(
                    Excuse.By.values()[excuses.get()], Excuse.Reason.values()[excuses.get()], excuses.getLong());
            amendments.excuse(messageId, new Excuse.Appended(excuse, excuses.getLong()));
        }
        return amendments;
    }

    private static void put(ByteBuffer bytes, UUID messageId, Excuse.Appended appended) {
        Excuse excuse = appended.excuse();
        put(bytes, messageId);
        bytes.put((byte) excuse.by().ordinal()).put((byte) excuse.reason().ordinal());
        bytes.putLong(excuse.excusedAt()).putLong(appended.appendedAt());
    }

    private static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
