package io.replymeter.metrics;

import io.replymeter.embedded.TestServers;
import io.replymeter.events.MessageEventsTopic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** A topic of a test's own, with the settings of the contract. */
public final class TestTopic {

    private final String name = "test-" + UUID.randomUUID();

    private TestTopic() {}

    public static TestTopic create() {
        TestTopic topic = new TestTopic();
        topic.recreate();
        return topic;
    }

    public String name() {
        return name;
    }

    public void recreate() {
        try (Admin admin = admin()) {
            await(admin.createTopics(List.of(new NewTopic(name, MessageEventsTopic.PARTITIONS, (short) 1)
                            .configs(MessageEventsTopic.SETTINGS)))
                    .all());
        }
    }

    public void delete() {
        try (Admin admin = admin()) {
            await(admin.deleteTopics(List.of(name)).all());
        }
    }

    public void addPartitions(int more) {
        try (Admin admin = admin()) {
            await(admin.createPartitions(Map.of(name, NewPartitions.increaseTo(MessageEventsTopic.PARTITIONS + more)))
                    .all());
        }
    }

    /** Removes what {@code partition} holds before {@code offset}, as the retention does. */
    public void removeBefore(int partition, long offset) {
        try (Admin admin = admin()) {
            await(admin.deleteRecords(Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(offset)))
                    .all());
        }
    }

    /** A new conversation whose events go into {@code partition}. */
    public static UUID conversationIn(int partition) {
        UUID conversation = UUID.randomUUID();
        byte[] key = MessageEventsTopic.key(conversation).getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % MessageEventsTopic.PARTITIONS == partition
                ? conversation
                : conversationIn(partition);
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()));
    }

    private static void await(KafkaFuture<?> answer) {
        try {
            answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
