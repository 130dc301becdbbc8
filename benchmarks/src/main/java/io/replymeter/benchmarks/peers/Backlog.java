package io.replymeter.benchmarks.peers;

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
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to the end that it has now, with plain consumers that share its partitions. */
final class Backlog {

    /** One thread's work. */
    interface Worker {

        void take(ConsumerRecord<byte[], byte[]> record) throws Exception;

        /** After the last record. */
        default void finish() throws Exception {}
    }

    private Backlog() {}

    /** Runs {@code workers}, each in a thread of its own, and returns when all have finished. */
    static void workOff(PeerTask task, Stopwatch stopwatch, List<? extends Worker> workers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        try {
            List<Callable<Void>> shares = IntStream.range(0, workers.size())
                    .mapToObj(number -> (Callable<Void>) () -> {
                        workOff(task, stopwatch, workers.get(number), number, workers.size());
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

    private static void workOff(PeerTask task, Stopwatch stopwatch, Worker worker, int number, int workers)
            throws Exception {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings(task))) {
            Set<TopicPartition> share = consumer.partitionsFor(task.topic()).stream()
                    .filter(partition -> partition.partition() % workers == number)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .collect(toSet());
            consumer.assign(share);
            consumer.seekToBeginning(share);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(share));
            stopwatch.assigned();
            while (!ends.isEmpty()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    worker.take(record);
                }
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
            worker.finish();
        }
    }

    private static Map<String, Object> settings(PeerTask task) {
        return Map.of(
                "bootstrap.servers",
                task.bootstrapServers(),
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class,
                "max.poll.records",
                5_000);
    }
}
