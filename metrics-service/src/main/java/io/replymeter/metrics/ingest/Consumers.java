package io.replymeter.metrics.ingest;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.generation.Generations.Fed;
import io.replymeter.metrics.log.Offsets;
import io.replymeter.metrics.log.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Runs a consumer, in a group of its own, for every generation that is fed. Starts when the topic is there. Thread-safe.
 */
@Component
@EnableConfigurationProperties(IngestProperties.class)
class Consumers implements SmartLifecycle {

    private static final long IDLE_MILLIS = 1_000;

    private record Running(GenerationConsumer consumer, ConcurrentMessageListenerContainer<byte[], byte[]> container) {}

    private final Generations generations;
    private final Topic topic;
    private final Offsets offsets;
    private final Ingest ingest;
    private final IngestProperties properties;
    private final ConsumerFactory<?, ?> clientSettings;
    private final MeterRegistry meters;
    private final Map<Integer, Running> running = new ConcurrentHashMap<>();

    private volatile boolean started;

    Consumers(
            Generations generations,
            Topic topic,
            Offsets offsets,
            Ingest ingest,
            IngestProperties properties,
            ConsumerFactory<?, ?> clientSettings,
            MeterRegistry meters) {
        this.generations = generations;
        this.topic = topic;
        this.offsets = offsets;
        this.ingest = ingest;
        this.properties = properties;
        this.clientSettings = clientSettings;
        this.meters = meters;
    }

    /** Partitions that stand still and why, by generation and partition. */
    Map<Integer, Map<Integer, String>> stopped() {
        Map<Integer, Map<Integer, String>> stopped = new java.util.TreeMap<>();
        running.forEach((generation, its) -> {
            if (!its.consumer().stopped().isEmpty()) {
                stopped.put(generation, its.consumer().stopped());
            }
        });
        return stopped;
    }

    @Override
    public void start() {
        started = properties.enabled();
        reconcile();
    }

    /** The database says which generations are fed; it is asked without holding up a stop of the service. */
    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    void reconcile() {
        if (started && topic.state().isPresent()) {
            reconcile(generations.fed());
        }
    }

    private synchronized void reconcile(List<Fed> fed) {
        if (!started) {
            return;
        }
        Set<Integer> numbers =
                fed.stream().map(its -> its.generation().number()).collect(toSet());
        List.copyOf(running.keySet()).stream()
                .filter(generation -> !numbers.contains(generation))
                .forEach(this::stop);
        fed.forEach(its -> running.computeIfAbsent(its.generation().number(), number -> run(its.generation()))
                .consumer()
                .throttle(its.throttle()));
    }

    private void stop(int generation) {
        Running its = requireNonNull(running.get(generation));
        its.consumer().stop();
        its.container().stop();
        running.remove(generation);
    }

    private Running run(Generation generation) {
        GenerationConsumer consumer = new GenerationConsumer(
                generation,
                new OwnedPartitions(generation, topic, offsets),
                ingest,
                generations,
                properties.longestBackoff());
        ContainerProperties settings = new ContainerProperties(topic.name());
        settings.setGroupId(properties.group(generation.number()));
        settings.setMessageListener(consumer);
        settings.setConsumerRebalanceListener(consumer);
        settings.setAssignmentCommitOption(ContainerProperties.AssignmentCommitOption.NEVER);
        // Kafka's own committed offsets only serve lag dashboards: nobody waits for them.
        settings.setSyncCommits(false);
        settings.setIdleEventInterval(IDLE_MILLIS);
        var container = new ConcurrentMessageListenerContainer<>(clients(), settings);
        container.setConcurrency(properties.threads());
        container.setCommonErrorHandler(consumer);
        container.setApplicationEventPublisher(event -> {
            if (event instanceof ListenerContainerIdleEvent idle) {
                consumer.onIdle(idle.getConsumer());
            }
        });
        container.setBeanName("generation-" + generation.number());
        container.start();
        return new Running(consumer, container);
    }

    private ConsumerFactory<byte[], byte[]> clients() {
        Map<String, Object> settings = new java.util.HashMap<>(clientSettings.getConfigurationProperties());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.batchSize());
        var clients = new DefaultKafkaConsumerFactory<byte[], byte[]>(settings);
        clients.addListener(new MicrometerConsumerListener<>(meters));
        return clients;
    }

    @Override
    public synchronized void stop() {
        started = false;
        List.copyOf(running.keySet()).forEach(this::stop);
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
