package io.replymeter.benchmarks.peers;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka Streams with RocksDB, exactly_once_v2 and two threads. The option {@code defaults} changes nothing else;
 * {@code tuned} adds 512 MB of cache, a commit every second, and lz4.
 */
public final class StreamsPeer {

    private static final long POLL_MILLIS = 50;

    private StreamsPeer() {}

    public static void main(String[] arguments) throws Exception {
        PeerRun run = new PeerRun(arguments);
        PeerTask task = run.task();
        StreamsTopology topology = new StreamsTopology(task.topic().name(), run::assigned);
        CountDownLatch failed = new CountDownLatch(1);
        try (KafkaStreams streams = new KafkaStreams(topology.build(), settings(task));
                Admin admin = Admin.create(Map.of("bootstrap.servers", task.bootstrapServers()))) {
            streams.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.ERROR) {
                    failed.countDown();
                }
            });
            streams.start();
            while (!isEverythingCommitted(admin, task)) {
                if (failed.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("Kafka Streams has stopped");
                }
            }
            run.committed();
            run.report(StreamsTopology.checksum(streams, task.topic().end()));
            streams.close(Duration.ofSeconds(10));
        }
    }

    private static Properties settings(PeerTask task) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(task));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, task.folder().toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
        if (task.option().equals("tuned")) {
            settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 512L * 1024 * 1024);
            settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
            settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        }
        return settings;
    }

    private static String applicationId(PeerTask task) {
        return task.folder().getFileName().toString();
    }

    /** Whether both the topic and the repartition topic are committed up to their ends. */
    private static boolean isEverythingCommitted(Admin admin, PeerTask task)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId(task))
                .partitionsToOffsetAndMetadata()
                .get();
        long events = 0;
        Map<TopicPartition, OffsetSpec> others = new HashMap<>();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : committed.entrySet()) {
            if (entry.getKey().topic().equals(task.topic().name())) {
                events += entry.getValue().offset();
            } else {
                others.put(entry.getKey(), OffsetSpec.latest());
            }
        }
        // A partition written in transactions ends with the marker of the last commit, an offset that nobody reads.
        return events >= task.topic().events()
                && !others.isEmpty()
                && admin.listOffsets(others).all().get().entrySet().stream()
                        .allMatch(end -> end.getValue().offset() - 1
                                <= requireNonNull(committed.get(end.getKey())).offset());
    }
}
