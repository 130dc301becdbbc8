package io.replymeter.benchmarks.workload;

import io.replymeter.benchmarks.result.InOrderFold;
import io.replymeter.benchmarks.result.ProviderDays;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.events.Event;
import io.replymeter.events.EventCodec;
import io.replymeter.events.MessageEventsTopic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a workload to a topic. The topic has {@code CreateTime} where the contract asks for {@code LogAppendTime}: only
 * then can a history of 45 days be appended within a minute, each record with the append time it would have had.
 */
public final class TopicLoader {

    private static final Duration FRESH = Duration.ofHours(12);
    private static final Map<String, String> TOPIC_SETTINGS = Map.of(
            "message.timestamp.type", "CreateTime",
            "cleanup.policy", "delete",
            "retention.ms", Long.toString(MessageEventsTopic.RETENTION.toMillis()));

    private final BenchmarkServers servers;

    /** @param servers whose folder remembers what was loaded */
    public TopicLoader(BenchmarkServers servers) {
        this.servers = servers;
    }

    /** The topic {@code name} with about {@code events} events up to now; one loaded within 12 hours is used again. */
    public LoadedTopic load(String name, long events, long seed) throws ExecutionException, InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path file = servers.folder().file(name + ".json");
        if (Files.exists(file)) {
            LoadedTopic loaded = JsonMapper.shared().readValue(file, LoadedTopic.class);
            if (loaded.requested() == events
                    && loaded.seed() == seed
                    && loaded.end().isAfter(now.minus(FRESH))) {
                return loaded;
            }
        }
        servers.createTopic(name, TOPIC_SETTINGS);
        LoadedTopic written = write(name, new Workload(events, seed, now));
        JsonMapper.shared().writeValue(file, written);
        return written;
    }

    private LoadedTopic write(String name, Workload workload) {
        ProviderDays expected = new ProviderDays();
        Iterable<LoggedEvent> log = workload::log;
        Size size = append(name, StreamSupport.stream(log.spliterator(), false).peek(logged -> {
            if (InOrderFold.counts(logged.event())) {
                expected.fold(logged.event());
            }
        }));
        String checksum = expected.checksum(workload.end()).toString();
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
                Event event = logged.event();
                byte[] key = MessageEventsTopic.key(event.conversationId()).getBytes(StandardCharsets.UTF_8);
                byte[] value = codec.encode(event);
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

    /** One request at a time: a topic just created may refuse the first of several, and then accept the others. */
    private Map<String, Object> settings() {
        return Map.of(
                "bootstrap.servers",
                servers.bootstrapServers(),
                "key.serializer",
                ByteArraySerializer.class,
                "value.serializer",
                ByteArraySerializer.class,
                "compression.type",
                "lz4",
                "max.in.flight.requests.per.connection",
                1,
                "linger.ms",
                50,
                "batch.size",
                256 * 1024,
                "buffer.memory",
                128L * 1024 * 1024);
    }
}
