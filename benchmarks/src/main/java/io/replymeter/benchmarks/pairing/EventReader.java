package io.replymeter.benchmarks.pairing;

import io.replymeter.events.EventCodec;
import io.replymeter.events.InvalidEvent;
import org.jspecify.annotations.Nullable;

/** Decodes a record's value. Its implementations are thread-safe. */
public interface EventReader {

    /** Null for what is not measured. */
    @Nullable PairingEvent read(byte[] value);

    /** The contract's own codec, which reads a tree with jackson-databind. */
    static EventReader databind() {
        EventCodec codec = new EventCodec();
        return value -> {
            try {
                return codec.decode(value).map(PairingEvent::of).orElse(null);
            } catch (InvalidEvent e) {
                throw new IllegalStateException("The workload holds no invalid event", e);
            }
        };
    }

    /** Jackson's streaming parser, without any check of what it reads. */
    static EventReader streaming() {
        return new StreamingReader();
    }
}
