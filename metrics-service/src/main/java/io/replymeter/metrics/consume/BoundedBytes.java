package io.replymeter.metrics.consume;

import io.replymeter.events.MessageEventsTopic;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what one poll holds. Fetches are bounded only as they are compressed, and records may be a thousand times as large.
 * Of a key, a value or headers that are larger than the contract allows only the beginning is kept, or nothing. When a poll
 * holds enough, the next record is refused: Kafka returns what there is and asks for that record again in the next poll.
 * Used by one consumer.
 */
final class BoundedBytes implements Deserializer<byte @Nullable []> {

    private static final int KEPT_OF_TOO_MUCH = 1_024;
    /** A small heap has room for less: each thread holds a poll, and what is made of it. */
    private static final long MOST_A_POLL =
            Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);

    private long held;

    /** Another poll begins, and nothing of the one before is held any more. */
    void beginPoll() {
        held = 0;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        long size = keep(headers) + (data == null ? 0 : kept(data));
        if (held > 0 && held + size > MOST_A_POLL) {
            throw new SerializationException("The poll is full: this record comes with the next one");
        }
        held += size;
        return data == null ? null : copy(data);
    }

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return data;
    }

    /** Nobody reads them; only the quarantine keeps them. Asking for them copies them, so that the rest can be freed. */
    private static long keep(Headers headers) {
        long size = 0;
        for (Header header : headers) {
            byte[] value = header.value();
            size += header.key().length() + (value == null ? 0 : value.length);
        }
        if (size > MessageEventsTopic.MOST_BYTES) {
            for (Header header : headers.toArray()) {
                headers.remove(header.key());
            }
            return 0;
        }
        return size;
    }

    private static int kept(ByteBuffer data) {
        return data.remaining() > MessageEventsTopic.MOST_BYTES ? KEPT_OF_TOO_MUCH : data.remaining();
    }

    private static byte[] copy(ByteBuffer data) {
        byte[] copy = new byte[kept(data)];
        data.duplicate().get(copy);
        return copy;
    }
}
