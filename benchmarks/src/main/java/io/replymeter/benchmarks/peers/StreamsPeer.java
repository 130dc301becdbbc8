package io.replymeter.benchmarks.peers;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerConfig;
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
                StreamsProgress progress = new StreamsProgress(task)) {
            streams.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.ERROR) {
                    failed.countDown();
                }
            });
            streams.start();
            while (!progress.isEverythingCommitted()) {
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
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, StreamsProgress.applicationId(task));
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
}
