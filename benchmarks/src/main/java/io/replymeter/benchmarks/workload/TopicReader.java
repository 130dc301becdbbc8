package io.replymeter.benchmarks.workload;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to its present end with plain consumers. */
public final class TopicReader {

    /** What one thread does with the records of its partitions. */
    public interface Worker {

        void take(ConsumerRecord<byte[], byte[]> record) throws Exception;

        /** After the last record. */
        default void finish() throws Exception {}
    }

    private final String bootstrapServers;
    private final String topic;

    public TopicReader(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    /**
     * Returns when all workers have finished.
     *
     * @param assigned is called by each thread when it has its partitions
     * @param workers share the partitions, each with its own thread and consumer
     */
    public void read(Runnable assigned, List<? extends Worker> workers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        try {
            List<Callable<Void>> shares = IntStream.range(0, workers.size())
                    .mapToObj(number -> (Callable<Void>) () -> {
                        read(assigned, workers.get(number), number, workers.size());
                        return null;
                    })
                    .toList();
            for (Future<Void> share : threads.invokeAll(shares)) {
                share.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void read(Runnable assigned, Worker worker, int number, int workers) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", 5_000);
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            Set<TopicPartition> share = consumer.partitionsFor(topic).stream()
                    .filter(partition -> partition.partition() % workers == number)
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .collect(toSet());
            consumer.assign(share);
            consumer.seekToBeginning(share);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(share));
            assigned.run();
            while (!ends.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    worker.take(record);
                }
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
            worker.finish();
        }
    }
}
