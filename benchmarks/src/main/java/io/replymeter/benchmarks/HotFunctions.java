package io.replymeter.benchmarks;

import io.replymeter.benchmarks.workload.LoggedEvent;
import io.replymeter.benchmarks.workload.Workload;
import io.replymeter.events.Event;
import io.replymeter.events.EventCodec;
import io.replymeter.events.InvalidEvent;
import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.ConversationCodec;
import io.replymeter.measurement.Fact;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Ruleset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decoding events, and decoding, folding and encoding a conversation, in nanoseconds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HotFunctions {

    /** So many different events in turn that no branch predictor can learn them by heart. */
    @State(Scope.Thread)
    public static class Events {

        private static final int COUNT = 10_000;

        private final EventCodec codec = new EventCodec();
        private final List<byte[]> values = new ArrayList<>();
        private int next;

        @Setup
        public void encode() {
            Iterator<LoggedEvent> log = new Workload(2 * COUNT, 1, Instant.parse("2026-11-22T00:00:00Z")).log();
            while (values.size() < COUNT) {
                values.add(codec.encode(log.next().event()));
            }
        }

        byte[] next() {
            next = next + 1 == COUNT ? 0 : next + 1;
            return values.get(next);
        }
    }

    /** A conversation of some messages, as it is stored. */
    @State(Scope.Thread)
    public static class StoredConversation {

        private static final long MINUTE = TimeUnit.MINUTES.toMicros(1);

        @Param({"1", "8", "50"})
        public int messages;

        private final UUID id = new UUID(1, 1);
        private Conversation conversation = new Conversation(id);
        private ConversationCodec.Encoded encoded = ConversationCodec.encode(conversation);

        @Setup
        public void encode() {
            for (int i = 0; i < messages; i++) {
                conversation.add(
                        new Fact(new UUID(2, i), i * 300 * MINUTE, new UUID(3, 3), new UUID(4, 4), i % 3 != 1));
            }
            encoded = ConversationCodec.encode(conversation);
        }
    }

    @Benchmark
    public Optional<Event> decodeEvent(Events events) throws InvalidEvent {
        return events.codec.decode(events.next());
    }

    @Benchmark
    public Conversation decodeConversation(StoredConversation stored) {
        return ConversationCodec.decode(stored.id, false, stored.encoded);
    }

    @Benchmark
    public ConversationCodec.Encoded encodeConversation(StoredConversation stored) {
        return ConversationCodec.encode(stored.conversation);
    }

    @Benchmark
    public List<Inquiry> foldConversation(StoredConversation stored) {
        return stored.conversation.inquiries(Ruleset.DEFAULT);
    }
}
