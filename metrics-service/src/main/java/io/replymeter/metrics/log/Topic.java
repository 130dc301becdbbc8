package io.replymeter.metrics.log;

import static java.util.stream.Collectors.toMap;

import io.replymeter.events.MessageEventsTopic;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Asks the broker about the topic once a second. Thread-safe. */
@Component
@EnableConfigurationProperties(EventsProperties.class)
public class Topic implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Topic.class);
    private static final long TIMEOUT_SECONDS = 10;

    private final String name;
    private final Clock clock;
    private final Supplier<Admin> connect;

    private @Nullable Admin admin;
    private volatile @Nullable TopicState state;
    private volatile String problem = "the broker was not asked yet";

    Topic(EventsProperties properties, KafkaAdmin kafkaAdmin, Clock clock) {
        this.name = properties.topic();
        this.clock = clock;
        this.connect = () -> Admin.create(kafkaAdmin.getConfigurationProperties());
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What the broker said last, however long ago; empty if the topic was never seen. */
    public Optional<TopicState> state() {
        return Optional.ofNullable(state);
    }

    /** Why the broker did not answer when it was asked last; empty if it did. */
    public Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    synchronized void ask() {
        try {
            TopicState answer = read();
            if (state == null) {
                answer.differences().forEach(difference -> LOG.warn("Topic {}: {}", name, difference));
            }
            state = answer;
            problem = "";
        } catch (ExecutionException | TimeoutException e) {
            note("topic " + name + " cannot be read: " + String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(String what) {
        if (!what.equals(problem)) {
            LOG.warn("Asking the broker failed, and is tried again: {}", what);
        }
        problem = what;
    }

    private TopicState read() throws ExecutionException, TimeoutException, InterruptedException {
        Admin broker = broker();
        Instant asOf = clock.instant().truncatedTo(ChronoUnit.MICROS);
        TopicDescription description =
                get(broker.describeTopics(List.of(name)).allTopicNames()).get(name);
        if (description == null) {
            throw new TimeoutException("no description");
        }
        return new TopicState(
                description.topicId().toString(),
                offsets(broker, description, OffsetSpec.earliest()),
                offsets(broker, description, OffsetSpec.latest()),
                asOf,
                state == null ? differences(broker, description) : state.differences());
    }

    private Map<Integer, Long> offsets(Admin broker, TopicDescription description, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        List<Integer> partitions = description.partitions().stream()
                .map(TopicPartitionInfo::partition)
                .toList();
        Map<Integer, Long> offsets = new HashMap<>();
        list(broker, partitions, which)
                .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return Map.copyOf(offsets);
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(
            Admin broker, Collection<Integer> partitions, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = partitions.stream()
                .collect(toMap(partition -> new TopicPartition(name, partition), partition -> which));
        return get(broker.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
    }

    /**
     * Asks when the first record that each of {@code partitions} still holds was appended; those that hold none are left
     * out.
     *
     * @throws IllegalStateException when the broker does not answer
     */
    public synchronized Map<Integer, Instant> firstAppended(Collection<Integer> partitions) {
        Map<Integer, Instant> times = new HashMap<>();
        answered(() -> list(broker(), partitions, OffsetSpec.forTimestamp(0))).forEach((partition, found) -> {
            if (found.timestamp() >= 0) {
                times.put(partition.partition(), Instant.ofEpochMilli(found.timestamp()));
            }
        });
        return times;
    }

    /**
     * Forgets a consumer group and its committed offsets.
     *
     * @return false while it has members
     * @throws IllegalStateException when the broker does not answer
     */
    public synchronized boolean removeGroup(String group) {
        return answered(() -> {
            try {
                get(broker().deleteConsumerGroups(List.of(group)).all());
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof GroupNotEmptyException) {
                    return false;
                }
                if (e.getCause() instanceof GroupIdNotFoundException) {
                    return true;
                }
                throw e;
            }
        });
    }

    private static <T> T answered(Callable<T> question) {
        try {
            return question.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not answer: " + e.getMessage(), e);
        }
    }

    private List<String> differences(Admin broker, TopicDescription description)
            throws ExecutionException, TimeoutException, InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config settings = get(broker.describeConfigs(List.of(topic)).all()).get(topic);
        List<String> differences = new java.util.ArrayList<>();
        MessageEventsTopic.SETTINGS.forEach((setting, wanted) -> {
            ConfigEntry entry = settings == null ? null : settings.get(setting);
            String found = entry == null ? "unknown" : String.valueOf(entry.value());
            if (!found.equals(wanted)) {
                differences.add(setting + " is " + found + ", the contract asks for " + wanted);
            }
        });
        if (description.partitions().size() != MessageEventsTopic.PARTITIONS) {
            differences.add("it has " + description.partitions().size() + " partitions, the contract asks for "
                    + MessageEventsTopic.PARTITIONS);
        }
        return List.copyOf(differences);
    }

    private Admin broker() {
        if (admin == null) {
            admin = connect.get();
        }
        return admin;
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void destroy() {
        if (admin != null) {
            admin.close(java.time.Duration.ofSeconds(1));
        }
    }
}
