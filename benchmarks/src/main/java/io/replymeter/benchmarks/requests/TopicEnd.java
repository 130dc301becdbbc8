package io.replymeter.benchmarks.requests;

import static java.util.stream.Collectors.toMap;

import io.replymeter.events.MessageEventsTopic;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many records a topic has taken. */
final class TopicEnd implements AutoCloseable {

    private final Admin admin;
    private final Map<TopicPartition, OffsetSpec> ends;

    TopicEnd(String bootstrapServers, String topic) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        ends = IntStream.range(0, MessageEventsTopic.PARTITIONS)
                .boxed()
                .collect(toMap(partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest()));
    }

    long now() throws ExecutionException, InterruptedException {
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
