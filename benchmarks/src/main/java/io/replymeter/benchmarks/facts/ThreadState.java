package io.replymeter.benchmarks.facts;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Where the fold over a thread's messages stands; times in microseconds. The two counts stand for the inquiries that the
 * product derives: they prove that all forms fold to the same.
 */
record ThreadState(
        UUID clientId,
        UUID providerId,
        long lastAt,
        UUID lastId,
        long providerLastAt,
        long openSince,
        int inquiries,
        int responses) {
    static final long NONE = Long.MIN_VALUE;
    private static final int BYTES = 80;
    private static final long SILENCE = 86_400_000_000L;
    private static final long HORIZON = 7 * SILENCE;
    private static final UUID NIL = new UUID(0, 0);

    static ThreadState empty(UUID clientId, UUID providerId) {
        return new ThreadState(clientId, providerId, NONE, NIL, NONE, NONE, 0, 0);
    }

    ThreadState unfolded() {
        return empty(clientId, providerId);
    }

    boolean isBefore(long sentAt, UUID id) {
        return Message.compare(lastAt, lastId, sentAt, id) < 0;
    }

    ThreadState next(long sentAt, UUID id, boolean fromProvider) {
        boolean open = openSince != NONE && sentAt - openSince <= HORIZON;
        if (fromProvider) {
            int answered = open ? responses + 1 : responses;
            return new ThreadState(clientId, providerId, sentAt, id, sentAt, NONE, inquiries, answered);
        }
        boolean opens = !open && (providerLastAt == NONE || sentAt - providerLastAt >= SILENCE);
        long since = opens ? sentAt : open ? openSince : NONE;
        int asked = opens ? inquiries + 1 : inquiries;
        return new ThreadState(clientId, providerId, sentAt, id, providerLastAt, since, asked, responses);
    }

    static byte[] encode(List<ThreadState> threads) {
        ByteBuffer buffer = ByteBuffer.allocate(threads.size() * BYTES);
        for (ThreadState thread : threads) {
            put(buffer, thread.clientId);
            put(buffer, thread.providerId);
            put(buffer.putLong(thread.lastAt), thread.lastId);
            buffer.putLong(thread.providerLastAt).putLong(thread.openSince);
            buffer.putInt(thread.inquiries).putInt(thread.responses);
        }
        return buffer.array();
    }

    static List<ThreadState> decode(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        List<ThreadState> threads = new ArrayList<>(2);
        while (from.hasRemaining()) {
            threads.add(new ThreadState(
                    uuid(from),
                    uuid(from),
                    from.getLong(),
                    uuid(from),
                    from.getLong(),
                    from.getLong(),
                    from.getInt(),
                    from.getInt()));
        }
        return threads;
    }

    private static void put(ByteBuffer buffer, UUID id) {
        buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer buffer) {
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
