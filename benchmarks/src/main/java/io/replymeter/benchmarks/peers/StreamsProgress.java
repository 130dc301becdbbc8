package io.replymeter.benchmarks.peers;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a Kafka Streams application has committed, as the broker knows it. */
final class StreamsProgress implements AutoCloseable {

    private final PeerTask task;
    private final Admin admin;

    StreamsProgress(PeerTask task) {
        this.task = task;
        this.admin = Admin.create(Map.of("bootstrap.servers", task.bootstrapServers()));
    }

    static String applicationId(PeerTask task) {
        return task.folder().getFileName().toString();
    }

    /** Whether the topic, and what was sent on by its events, is committed up to its end. */
    boolean isEverythingCommitted() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId(task))
                .partitionsToOffsetAndMetadata()
                .get();
        long ofTopic = committed.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(task.topic()))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
        return ofTopic >= task.events() && isRepartitionedCommitted(committed);
    }

    /** The last record of a partition of transactions is the mark of the last one's commit, which nobody reads. */
    private boolean isRepartitionedCommitted(Map<TopicPartition, OffsetAndMetadata> committed)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = committed.keySet().stream()
                .filter(partition -> !partition.topic().equals(task.topic()))
                .collect(toMap(partition -> partition, partition -> OffsetSpec.latest()));
        ListOffsetsResult ends = admin.listOffsets(asked);
        for (TopicPartition partition : asked.keySet()) {
            long end = ends.partitionResult(partition).get().offset();
            if (end - requireNonNull(committed.get(partition)).offset() > 1) {
                return false;
            }
        }
        return !asked.isEmpty();
    }

    @Override
    public void close() {
        admin.close();
    }
}
