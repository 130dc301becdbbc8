package io.replymeter.benchmarks.peers;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a Kafka Streams application has committed, according to the broker. */
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

    /** Whether both the topic and the repartition topic are committed up to their ends. */
    boolean isEverythingCommitted() throws ExecutionException, InterruptedException {
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

    @Override
    public void close() {
        admin.close();
    }
}
