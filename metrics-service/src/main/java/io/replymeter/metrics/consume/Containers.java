package io.replymeter.metrics.consume;

import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.metrics.log.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.stereotype.Component;

/** Starts the threads that poll for a generation, as spring-kafka's listener containers. */
@Component
class Containers {

    private static final long IDLE_MILLIS = 1_000;

    private final Topic topic;
    private final IngestProperties properties;
    private final ConsumerFactory<?, ?> clientSettings;
    private final MeterRegistry meters;

    Containers(Topic topic, IngestProperties properties, ConsumerFactory<?, ?> clientSettings, MeterRegistry meters) {
        this.topic = topic;
        this.properties = properties;
        this.clientSettings = clientSettings;
        this.meters = meters;
    }

    /** @param throttle events a second at most, on all instances together; null for no limit */
    ConcurrentMessageListenerContainer<byte[], byte[]> start(
            int generation, GenerationConsumer consumer, @Nullable Integer throttle) {
        ContainerProperties settings = new ContainerProperties(topic.name());
        settings.setGroupId(properties.group(generation));
        settings.setMessageListener(consumer);
        settings.setConsumerRebalanceListener(consumer);
        settings.setAssignmentCommitOption(ContainerProperties.AssignmentCommitOption.NEVER);
        settings.setAckMode(ContainerProperties.AckMode.MANUAL); // CommittedOffsets commits.
        settings.setIdleEventInterval(IDLE_MILLIS);
        var container = new ConcurrentMessageListenerContainer<>(clients(throttle), settings);
        container.setConcurrency(properties.threads());
        container.setCommonErrorHandler(consumer);
        container.setApplicationEventPublisher(event -> {
            if (event instanceof ListenerContainerIdleEvent idle) {
                consumer.onIdle(idle.getConsumer());
            }
        });
        container.setBeanName("generation-" + generation);
        try {
            container.start();
        } catch (RuntimeException e) {
            container.stop(); // Some of its consumers may run, as when the name of the broker stops resolving.
            throw e;
        }
        return container;
    }

    private ConsumerFactory<byte[], byte[]> clients(@Nullable Integer throttle) {
        Map<String, Object> settings = new HashMap<>(clientSettings.getConfigurationProperties());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, polledAtOnce(throttle));
        var clients = new BoundedConsumers(settings);
        clients.addListener(new MicrometerConsumerListener<>(meters));
        return clients;
    }

    /**
     * A batch under a throttle is one partition's share of a second: it is applied before the consumer has to poll again,
     * so that no record is fetched twice.
     */
    private int polledAtOnce(@Nullable Integer throttle) {
        int most = properties.batchSizeWithin(Runtime.getRuntime().maxMemory());
        if (throttle == null) {
            return most;
        }
        int partitions = topic.state().map(state -> state.endOffsets().size()).orElse(1);
        return Math.min(most, Math.max(1, throttle / partitions));
    }
}
