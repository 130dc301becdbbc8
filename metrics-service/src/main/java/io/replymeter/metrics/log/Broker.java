package io.replymeter.metrics.log;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** What is asked of the broker itself. Thread-safe; connects when it is asked first. */
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

    TopicDescription describe() throws ExecutionException, TimeoutException, InterruptedException {
        TopicDescription description =
                get(admin().describeTopics(List.of(topic)).allTopicNames()).get(topic);
        if (description == null) {
            throw new TimeoutException("no description");
        }
        return description;
    }

    @Nullable Config settings() throws ExecutionException, TimeoutException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return get(admin().describeConfigs(List.of(resource)).all()).get(resource);
    }

    Map<Integer, Long> offsets(Collection<Integer> partitions, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<Integer, Long> offsets = new HashMap<>();
        list(partitions, which).forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return Map.copyOf(offsets);
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(Collection<Integer> partitions, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = partitions.stream()
                .collect(toMap(partition -> new TopicPartition(topic, partition), partition -> which));
        return get(admin().listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
    }

    /**
     * When the first record that each of {@code partitions} still holds was appended; those that hold none are left out.
     *
     * @throws IllegalStateException when the broker does not answer
     */
    public Map<Integer, Instant> firstAppended(Collection<Integer> partitions) {
        Map<Integer, Instant> times = new HashMap<>();
        answer(() -> list(partitions, OffsetSpec.forTimestamp(0))).forEach((partition, found) -> {
            if (found.timestamp() >= 0) {
                times.put(partition.partition(), Instant.ofEpochMilli(found.timestamp()));
            }
        });
        return times;
    }

    /**
     * Makes the broker forget a consumer group and its committed offsets.
     *
     * @return false while it has members
     * @throws IllegalStateException when the broker does not answer
     */
    public boolean removeGroup(String group) {
        return answer(() -> {
            try {
                get(admin().deleteConsumerGroups(List.of(group)).all());
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof GroupIdNotFoundException) {
                    return true;
                }
                if (e.getCause() instanceof GroupNotEmptyException) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static <T> T answer(Callable<T> question) {
        try {
            return question.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not answer: " + e.getMessage(), e);
        }
    }

    private static <T> T get(KafkaFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
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
