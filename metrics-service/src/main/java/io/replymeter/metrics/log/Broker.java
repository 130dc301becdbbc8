package io.replymeter.metrics.log;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Asks the broker about the topic and the consumer groups. Connects on first use; every question waits at most 10 seconds
 * and throws {@link BrokerUnavailable} without an answer. Thread-safe.
 */
@Component
public class Broker implements DisposableBean {

    private static final long TIMEOUT_SECONDS = 10;

    private final String topic;
    private final Supplier<Admin> connect;

    private @Nullable Admin admin;

    Broker(EventsProperties properties, KafkaAdmin kafkaAdmin) {
        this.topic = properties.topic();
        this.connect = () -> Admin.create(kafkaAdmin.getConfigurationProperties());
    }

    TopicDescription describe() {
        Map<String, TopicDescription> descriptions =
                ask(admin -> admin.describeTopics(List.of(topic)).allTopicNames());
        return descriptions.values().iterator().next();
    }

    @Nullable Config settings() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return ask(admin -> admin.describeConfigs(List.of(resource)).all()).get(resource);
    }

    /** As far as the records can be read: no further than where the first open transaction begins. */
    Map<Integer, Long> offsets(Collection<Integer> partitions, OffsetSpec which) {
        return offsets(list(partitions, which, IsolationLevel.READ_COMMITTED));
    }

    /** Where the partitions end, with the records of open transactions. */
    Map<Integer, Long> appendedOffsets(Collection<Integer> partitions) {
        return offsets(list(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED));
    }

    private static Map<Integer, Long> offsets(Map<TopicPartition, ListOffsetsResultInfo> answer) {
        Map<Integer, Long> offsets = new HashMap<>();
        answer.forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return Map.copyOf(offsets);
    }

    /** When the oldest record of each of {@code partitions} was appended; empty partitions are left out. */
    public Map<Integer, Instant> firstAppended(Collection<Integer> partitions) {
        Map<Integer, Instant> times = new HashMap<>();
        list(partitions, OffsetSpec.forTimestamp(0), IsolationLevel.READ_COMMITTED)
                .forEach((partition, found) -> {
                    if (found.timestamp() >= 0) {
                        times.put(partition.partition(), Instant.ofEpochMilli(found.timestamp()));
                    }
                });
        return times;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(
            Collection<Integer> partitions, OffsetSpec which, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> asked = partitions.stream()
                .collect(toMap(partition -> new TopicPartition(topic, partition), partition -> which));
        return ask(admin ->
                admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
    }

    /** Deletes a consumer group and its committed offsets, if there is one. Returns false while it has members. */
    public boolean removeGroup(String group) {
        try {
            ask(admin -> admin.deleteConsumerGroups(List.of(group)).all());
            return true;
        } catch (BrokerUnavailable e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            if (e.getCause() instanceof GroupNotEmptyException) {
                return false;
            }
            throw e;
        }
    }

    private <T> T ask(Function<Admin, KafkaFuture<T>> question) {
        try {
            return question.apply(admin()).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new BrokerUnavailable(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailable(e);
        } catch (TimeoutException e) {
            throw new BrokerUnavailable(new TimeoutException("no answer within " + TIMEOUT_SECONDS + " seconds"));
        } catch (KafkaException e) {
            // The client could not even be made, as when the broker's name does not resolve.
            throw new BrokerUnavailable(e);
        }
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = connect.get();
        }
        return admin;
    }

    @Override
    public synchronized void destroy() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
