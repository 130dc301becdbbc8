package io.replymeter.metrics.consume;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.replymeter.logging.ErrorLog;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.ingest.Ingest;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.pace.Pace;
import io.replymeter.metrics.pace.ReplayPace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Runs one consumer group per fed generation, once the topic exists. Thread-safe. */
@Component
@EnableConfigurationProperties(IngestProperties.class)
class Consumers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Consumers.class);
    private static final ErrorLog errors = new ErrorLog(log);

    private static final Duration DEATHS_TOLD_FOR = Duration.ofMinutes(1);

    private record Running(
            GenerationConsumer consumer,
            @Nullable Integer throttle,
            ConcurrentMessageListenerContainer<byte[], byte[]> container) {}

    private final Rebuilds rebuilds;
    private final Topic topic;
    private final PartitionOffsets offsets;
    private final TransactionOperations transactions;
    private final Ingest ingest;
    private final IngestProperties properties;
    private final Containers containers;
    private final ReplayPace pace;
    private final Map<Integer, Running> running = new ConcurrentHashMap<>();

    private volatile boolean started;
    private volatile Set<Integer> replayed = Set.of();
    private volatile Instant lastDeath = Instant.MIN;

    Consumers(
            Rebuilds rebuilds,
            Topic topic,
            PartitionOffsets offsets,
            TransactionOperations transactions,
            Ingest ingest,
            IngestProperties properties,
            Containers containers,
            ReplayPace pace) {
        this.rebuilds = rebuilds;
        this.topic = topic;
        this.offsets = offsets;
        this.transactions = transactions;
        this.ingest = ingest;
        this.properties = properties;
        this.containers = containers;
        this.pace = pace;
    }

    /** The stopped partitions and why, by generation and partition. */
    Map<Integer, Map<Integer, String>> stopped() {
        Map<Integer, Map<Integer, String>> stopped = new TreeMap<>();
        running.forEach((generation, present) -> {
            Map<Integer, String> partitions = present.consumer().stopped();
            if (!partitions.isEmpty()) {
                stopped.put(generation, partitions);
            }
        });
        return stopped;
    }

    @Override
    public void start() {
        started = properties.enabled();
        reconcile();
    }

    /** The database is asked outside of the lock, so that a stop of the service does not wait for it. */
    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    void reconcile() {
        try {
            if (started && topic.state().isPresent()) {
                running.forEach(this::readAgainIfDatabaseWentBack);
                reconcile(rebuilds.fed());
            }
        } catch (RuntimeException e) {
            errors.report("The consumers stay as they are, and are looked after again in a moment", e);
        }
    }

    /** The database holds an offset before it counts as applied here. No new record may come that would tell the consumers. */
    private void readAgainIfDatabaseWentBack(int generation, Running present) {
        Map<Integer, Long> applied = present.consumer().nextOffsets();
        boolean wentBack = offsets.nextOffsets(generation).entrySet().stream()
                .anyMatch(stored -> stored.getValue() < applied.getOrDefault(stored.getKey(), 0L));
        if (wentBack) {
            log.warn(
                    "The database holds older offsets than were applied to generation {}: it was restored, or a standby"
                            + " took over that lacked the last transactions. Its consumers read on from these offsets",
                    generation);
            stopIfRunning(generation);
        }
    }

    private synchronized void stopIfRunning(int generation) {
        if (running.containsKey(generation)) {
            stop(generation); // What is stopped here is started again.
        }
    }

    private synchronized void reconcile(List<Rebuild> fed) {
        if (!started) {
            return;
        }
        replayed = fed.stream().filter(Rebuild::isReplay).map(Rebuild::number).collect(toSet());
        List.copyOf(running.keySet()).forEach(this::stopIfDead);
        Map<Integer, Rebuild> wanted = fed.stream().collect(toMap(Rebuild::number, Function.identity()));
        List.copyOf(running.keySet()).forEach(generation -> stopUnless(wanted.get(generation), generation));
        fed.forEach(rebuild -> running.computeIfAbsent(rebuild.number(), generation -> run(rebuild)));
    }

    /** A throttle decides how much is polled at once: another throttle needs another container. */
    private void stopUnless(@Nullable Rebuild wanted, int generation) {
        Running present = requireNonNull(running.get(generation));
        if (wanted == null || !Objects.equals(wanted.activeThrottle(), present.throttle())) {
            stop(generation);
        }
    }

    /** An Error ends a consumer, such as too little memory for a moment. What is stopped here is started again. */
    private void stopIfDead(int generation) {
        var container = requireNonNull(running.get(generation)).container();
        if (container.isRunning() && container.isInExpectedState()) {
            return;
        }
        log.error("A consumer of generation {} ended by an error: all of its consumers start again", generation);
        stop(generation);
        lastDeath = Instant.now();
    }

    /** When a consumer ended by an error and was started again last; empty if that is a minute ago. */
    Optional<Instant> lastDeath() {
        return Optional.of(lastDeath)
                .filter(death -> death.isAfter(Instant.now().minus(DEATHS_TOLD_FOR)));
    }

    private void stop(int generation) {
        Running present = requireNonNull(running.get(generation));
        present.consumer().stop();
        present.container().stop();
        running.remove(generation);
    }

    private Running run(Rebuild rebuild) {
        Generation generation = rebuild.generation();
        Integer throttle = rebuild.activeThrottle();
        AssignedPartitions partitions = new AssignedPartitions(generation, topic, offsets, transactions);
        GenerationConsumer consumer = new GenerationConsumer(
                generation,
                partitions,
                new BatchApplier(generation, partitions, ingest, throttle, () -> paceOf(generation.number())),
                rebuilds,
                properties.longestBackoff());
        return new Running(consumer, throttle, containers.start(generation.number(), consumer, throttle));
    }

    private Pace paceOf(int generation) {
        return replayed.contains(generation) ? pace.now() : Pace.FULL;
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
