package io.replymeter.benchmarks.workload;

import io.replymeter.benchmarks.pairing.Pairing;
import io.replymeter.benchmarks.pairing.PairingEvent;
import io.replymeter.benchmarks.result.Checksum;
import io.replymeter.benchmarks.result.DailySums;
import io.replymeter.events.EventCodec;
import io.replymeter.events.MessageEventsTopic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a workload to a topic. The topic has {@code CreateTime} where the contract asks for {@code LogAppendTime}: only
 * so can a history of 45 days be appended within a minute, each record with the time at which it would have been.
 */
public final class TopicLoader {

    private static final Duration FRESH = Duration.ofHours(12);
    private static final Map<String, String> SETTINGS = Map.of(
            "message.timestamp.type",
            "CreateTime",
            "cleanup.policy",
            "delete",
            "retention.ms",
            Long.toString(MessageEventsTopic.RETENTION.toMillis()));

    private final String bootstrapServers;
    private final Path folder;

    /** @param folder remembers what was loaded */
    public TopicLoader(String bootstrapServers, Path folder) {
        this.bootstrapServers = bootstrapServers;
        this.folder = folder;
    }

    /** The topic {@code name} with about {@code events} events up to now; one loaded within 12 hours is used again. */
    public LoadedTopic load(String name, long events, long seed) throws ExecutionException, InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        LoadedTopic loaded = LoadedTopic.read(folder, name).orElse(null);
        if (loaded != null
                && loaded.requested() == events
                && loaded.seed() == seed
                && loaded.end().isAfter(now.minus(FRESH))) {
            return loaded;
        }
        createAnew(name);
        LoadedTopic written = write(name, new Workload(events, seed, now));
        written.write(folder);
        return written;
    }

    private void createAnew(String name) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            if (admin.listTopics().names().get().contains(name)) {
                admin.deleteTopics(List.of(name)).all().get();
            }
            NewTopic topic = new NewTopic(name, MessageEventsTopic.PARTITIONS, (short) 1).configs(SETTINGS);
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private LoadedTopic write(String name, Workload workload) {
        Expected expected = new Expected();
        Iterable<LoggedEvent> log = workload::log;
        Size size = append(name, StreamSupport.stream(log.spliterator(), false).peek(expected::add));
        String checksum = expected.checksum(workload.end());
        return new LoadedTopic(
                name, workload.events(), workload.seed(), size.events, size.bytes, workload.end(), checksum);
    }

    /** @param bytes of the values, before compression */
    public record Size(long events, long bytes) {}

    /** Appends {@code log} to the topic {@code name}. */
    public Size append(String name, Stream<LoggedEvent> log) {
        EventCodec codec = new EventCodec();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long events = 0;
        long bytes = 0;
        try (var producer = new KafkaProducer<byte[], byte[]>(settings())) {
            for (LoggedEvent logged : (Iterable<LoggedEvent>) log::iterator) {
                byte[] key = MessageEventsTopic.key(logged.conversationId()).getBytes(StandardCharsets.UTF_8);
                byte[] value = codec.encode(logged.event());
                events++;
                bytes += value.length;
                producer.send(
                        new ProducerRecord<>(name, null, logged.appendedAt(), key, value),
                        (sent, e) -> failure.compareAndSet(null, e));
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("Topic " + name + " could not be written", failure.get());
        }
        return new Size(events, bytes);
    }

    /** One request at a time: of several, a topic just created may refuse the first and then take the others for ever. */
    private Map<String, Object> settings() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.LINGER_MS_CONFIG,
                50,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                128L * 1024 * 1024);
    }

    /** What pairing the events has to end in, computed from the events themselves. */
    private static final class Expected {

        private final Map<UUID, byte[]> conversations = new HashMap<>();
        private final DailySums sums = new DailySums();

        void add(LoggedEvent logged) {
            PairingEvent event = PairingEvent.of(logged.event());
            if (event != null) {
                conversations.compute(event.conversationId(), (id, state) -> Pairing.apply(state, event, sums::add));
            }
        }

        String checksum(Instant end) {
            Checksum checksum = new Checksum(end);
            sums.addTo(checksum);
            return checksum.toString();
        }
    }
}
