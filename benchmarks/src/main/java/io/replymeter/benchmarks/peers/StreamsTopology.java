package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.result.Checksum;
import io.replymeter.benchmarks.result.InOrderFold;
import io.replymeter.benchmarks.result.ProviderDay;
import io.replymeter.events.Event;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.Stores;

/**
 * A store of conversations, partitioned like the topic; what each event changes is sent on, keyed by provider and day, and
 * added up in a second store. Keys and values are fixed-width bytes, the cheapest form there is.
 */
final class StreamsTopology {

    private static final String CONVERSATIONS = "conversations";
    private static final String DAILY = "daily";
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final int SUMS = 4;

    private final String topic;
    private final Runnable assigned;

    /** @param assigned is called when a processor begins */
    StreamsTopology(String topic, Runnable assigned) {
        this.topic = topic;
        this.assigned = assigned;
    }

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(CONVERSATIONS), BYTES, BYTES)
                .withCachingEnabled());
        builder.stream(topic, Consumed.with(BYTES, BYTES))
                .process(FoldProcessor::new, CONVERSATIONS)
                .groupByKey(Grouped.with(BYTES, BYTES))
                .aggregate(
                        () -> new byte[SUMS * Long.BYTES],
                        (key, change, sums) -> added(change, sums),
                        Materialized.<byte[], byte[], KeyValueStore<Bytes, byte[]>>as(DAILY)
                                .withKeySerde(BYTES)
                                .withValueSerde(BYTES));
        return builder.build();
    }

    private static byte[] added(byte[] change, byte[] sums) {
        ByteBuffer changes = ByteBuffer.wrap(change);
        ByteBuffer stored = ByteBuffer.wrap(sums);
        ByteBuffer added = ByteBuffer.allocate(SUMS * Long.BYTES);
        while (added.hasRemaining()) {
            added.putLong(changes.getLong() + stored.getLong());
        }
        return added.array();
    }

    /** The checksum of the store of days. */
    static Checksum checksum(KafkaStreams streams, Instant end) {
        Checksum checksum = new Checksum(end);
        var daily = streams.store(
                StoreQueryParameters.fromNameAndType(DAILY, QueryableStoreTypes.<byte[], byte[]>keyValueStore()));
        try (KeyValueIterator<byte[], byte[]> rows = daily.all()) {
            while (rows.hasNext()) {
                KeyValue<byte[], byte[]> row = rows.next();
                ByteBuffer key = ByteBuffer.wrap(row.key);
                ByteBuffer sums = ByteBuffer.wrap(row.value);
                checksum.add(new ProviderDay(
                        new UUID(key.getLong(), key.getLong()),
                        key.getInt(),
                        sums.getLong(),
                        sums.getLong(),
                        sums.getLong(),
                        sums.getLong()));
            }
        }
        return checksum;
    }

    private final class FoldProcessor implements Processor<byte[], byte[], byte[], byte[]> {

        @SuppressWarnings("NullAway.Init") // Kafka Streams calls init first.
        private ProcessorContext<byte[], byte[]> context;

        @SuppressWarnings("NullAway.Init")
        private KeyValueStore<byte[], byte[]> conversations;

        @Override
        public void init(ProcessorContext<byte[], byte[]> given) {
            context = given;
            conversations = given.getStateStore(CONVERSATIONS);
            assigned.run();
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            Event event = PeerRun.decode(record.value());
            if (event == null) {
                return;
            }
            byte[] key = uuid(ByteBuffer.allocate(16), event.conversationId()).array();
            byte[] before = conversations.get(key);
            byte[] after = InOrderFold.apply(before, event, change -> context.forward(record(record, change)));
            if (after != null && after != before) {
                conversations.put(key, after);
            }
        }

        private static Record<byte[], byte[]> record(Record<byte[], byte[]> source, ProviderDay change) {
            ByteBuffer key = uuid(ByteBuffer.allocate(20), change.providerId()).putInt(change.day());
            ByteBuffer value = ByteBuffer.allocate(SUMS * Long.BYTES)
                    .putLong(change.inquiries())
                    .putLong(change.answered())
                    .putLong(change.answeredLate())
                    .putLong(change.responseMicros());
            return source.withKey(key.array()).withValue(value.array());
        }

        private static ByteBuffer uuid(ByteBuffer bytes, UUID id) {
            return bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
    }
}
