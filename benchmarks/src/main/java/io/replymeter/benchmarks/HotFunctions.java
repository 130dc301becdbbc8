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
import java.util.OptionalLong;
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

    /** Long, and every message deleted: any client can have such a conversation. */
    @State(Scope.Thread)
    public static class WorstConversation {

        private static final int MESSAGES = 25_000;
        private static final UUID CLIENT = new UUID(3, 3);
        private static final UUID PROVIDER = new UUID(4, 4);

        private final UUID id = new UUID(1, 1);
        private ConversationCodec.Encoded encoded = ConversationCodec.encode(new Conversation(id));

        @Setup
        public void encode() {
            Conversation conversation = new Conversation(id);
            for (int i = 0; i < MESSAGES; i++) {
                conversation.add(new Fact(new UUID(i * 31L, i), i, CLIENT, PROVIDER, true));
                conversation.deleteMessage(new UUID(i * 31L, i), i);
            }
            encoded = ConversationCodec.encode(conversation);
        }
    }

    /** All that one more message takes, as a batch of the service does it. */
    @Benchmark
    public OptionalLong addToTheWorstConversation(WorstConversation stored) {
        Conversation conversation = ConversationCodec.decode(stored.id, false, stored.encoded);
        conversation.inquiries(Ruleset.DEFAULT);
        conversation.add(new Fact(
                new UUID(5, 5),
                WorstConversation.MESSAGES,
                WorstConversation.CLIENT,
                WorstConversation.PROVIDER,
                true));
        conversation.inquiries(Ruleset.DEFAULT);
        ConversationCodec.encode(conversation);
        return conversation.oldestAt(Ruleset.DEFAULT);
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
