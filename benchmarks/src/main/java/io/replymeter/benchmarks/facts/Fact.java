package io.replymeter.benchmarks.facts;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** One counted message as it is kept. The flags are the thread's number in the conversation and the role. */
record Fact(long sentAt, UUID id, short flags) {
    static final Comparator<Fact> ORDER = (a, b) -> Message.compare(a.sentAt, a.id, b.sentAt, b.id);

    /** 8 bytes time, 16 bytes message id, 2 bytes flags. */
    static final int BYTES = 26;

    Fact(Message message, int thread) {
        this(message.sentAt(), message.id(), (short) (thread << 2 | (message.fromProvider() ? 1 : 0)));
    }

    int thread() {
        return flags >> 2;
    }

    boolean fromProvider() {
        return (flags & 1) != 0;
    }

    static byte[] encode(List<Fact> facts) {
        ByteBuffer buffer = ByteBuffer.allocate(facts.size() * BYTES);
        for (Fact fact : facts) {
            buffer.putLong(fact.sentAt);
            buffer.putLong(fact.id.getMostSignificantBits()).putLong(fact.id.getLeastSignificantBits());
            buffer.putShort(fact.flags);
        }
        return buffer.array();
    }

    static void decode(byte[] bytes, List<Fact> into) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            into.add(new Fact(from.getLong(), new UUID(from.getLong(), from.getLong()), from.getShort()));
        }
    }
}
