package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.pairing.EventReader;
import io.replymeter.benchmarks.pairing.Pairing;
import io.replymeter.benchmarks.pairing.PairingEvent;
import io.replymeter.benchmarks.result.Checksum;
import io.replymeter.benchmarks.result.DailyResult;
import java.nio.ByteBuffer;
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
 * A store of conversations, beside the topic's partitions; what each event changes is sent on by provider and day, and
 * added up in a second store. Keys and values are fixed-width bytes, the cheapest there is.
 */
final class StreamsTopology {

    private static final String CONVERSATIONS = "conversations";
    private static final String DAILY = "daily";
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final int SUMS = 4;

    private final String topic;
    private final EventReader reader;
    private final Runnable assigned;

    /** @param assigned is told when a processor begins */
    StreamsTopology(String topic, EventReader reader, Runnable assigned) {
        this.topic = topic;
        this.reader = reader;
        this.assigned = assigned;
    }

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(CONVERSATIONS), BYTES, BYTES)
                .withCachingEnabled());
        builder.stream(topic, Consumed.with(BYTES, BYTES))
                .process(PairingProcessor::new, CONVERSATIONS)
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

    /** Adds what the store of days holds. */
    static void addResults(KafkaStreams streams, Checksum checksum) {
        var daily = streams.store(
                StoreQueryParameters.fromNameAndType(DAILY, QueryableStoreTypes.<byte[], byte[]>keyValueStore()));
        try (KeyValueIterator<byte[], byte[]> rows = daily.all()) {
            while (rows.hasNext()) {
                KeyValue<byte[], byte[]> row = rows.next();
                ByteBuffer key = ByteBuffer.wrap(row.key);
                ByteBuffer sums = ByteBuffer.wrap(row.value);
                checksum.add(new DailyResult(
                        new UUID(key.getLong(), key.getLong()),
                        key.getInt(),
                        sums.getLong(),
                        sums.getLong(),
                        sums.getLong(),
                        sums.getLong()));
            }
        }
    }

    private final class PairingProcessor implements Processor<byte[], byte[], byte[], byte[]> {

        @SuppressWarnings("NullAway.Init") // Kafka Streams calls init first.
        private ProcessorContext<byte[], byte[]> context;

        @SuppressWarnings("NullAway.Init")
        private KeyValueStore<byte[], byte[]> conversations;

        @Override
        public void init(ProcessorContext<byte[], byte[]> its) {
            context = its;
            conversations = its.getStateStore(CONVERSATIONS);
            assigned.run();
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            PairingEvent event = reader.read(record.value());
            if (event == null) {
                return;
            }
            byte[] key = uuid(ByteBuffer.allocate(16), event.conversationId()).array();
            byte[] before = conversations.get(key);
            byte[] after = Pairing.apply(
                    before,
                    event,
                    (provider, day, inquiries, answered, late, micros) ->
                            context.forward(record.withKey(uuid(ByteBuffer.allocate(20), provider)
                                            .putInt(day)
                                            .array())
                                    .withValue(ByteBuffer.allocate(SUMS * Long.BYTES)
                                            .putLong(inquiries)
                                            .putLong(answered)
                                            .putLong(late)
                                            .putLong(micros)
                                            .array())));
            if (after != null && after != before) {
                conversations.put(key, after);
            }
        }

        private static ByteBuffer uuid(ByteBuffer bytes, UUID id) {
            return bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
    }
}
