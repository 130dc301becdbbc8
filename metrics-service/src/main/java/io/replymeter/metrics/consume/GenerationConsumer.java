package io.replymeter.metrics.consume;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.replymeter.logging.ErrorLog;
import io.replymeter.metrics.consume.AssignedPartitions.TopicRecreated;
import io.replymeter.metrics.consume.BatchApplier.HeldBack;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.log.PartitionOffsets.OffsetsMoved;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Feeds one generation. Only the stored offsets say where to read on: they are read at assignment and again after every
 * failure, and nothing is remembered of a partition that was taken away.
 */
final class GenerationConsumer
        implements BatchConsumerAwareMessageListener<byte[], byte[]>,
                ConsumerAwareRebalanceListener,
                CommonErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(GenerationConsumer.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int DOUBLED = 2;

    /** A short-lived failure is over by the third try. */
    private static final int FAILURES_WORTH_NOTING = 3;

    /** The class of PostgreSQL's errors for a full disk, too little memory or too many connections. */
    private static final String OUT_OF_RESOURCES = "53";

    /** The failures of a partition since its records were last applied. */
    private static final class Failures {
        private final BackOffExecution pauses;
        private int count;
        /** Those that may be a record's fault. */
        private int faults;

        Failures(ExponentialBackOff backOff) {
            this.pauses = backOff.start();
        }
    }

    private final ErrorLog errors = new ErrorLog(log);
    private final Generation generation;
    private final AssignedPartitions partitions;
    private final CommittedOffsets committed;
    private final BatchApplier applier;
    private final Rebuilds rebuilds;
    private final ExponentialBackOff backOff;
    private final Map<Integer, Failures> failures = new ConcurrentHashMap<>();

    GenerationConsumer(
            Generation generation,
            AssignedPartitions partitions,
            BatchApplier applier,
            Rebuilds rebuilds,
            Duration longestPause) {
        this.generation = generation;
        this.partitions = partitions;
        this.committed = new CommittedOffsets(partitions);
        this.applier = applier;
        this.rebuilds = rebuilds;
        this.backOff = new ExponentialBackOff(FIRST_PAUSE_MILLIS, DOUBLED);
        this.backOff.setMaxInterval(longestPause.toMillis());
    }

    /** Ends all waiting: the container is about to be stopped. */
    void stop() {
        applier.end();
    }

    /** By partition that is read here, the first offset that was not applied yet. */
    Map<Integer, Long> nextOffsets() {
        return partitions.nextOffsets();
    }

    /** Why partitions are stopped, by partition; empty if none is. */
    Map<Integer, String> stopped() {
        return partitions.stopped();
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> consumer) {
        applier.apply(records, haveFailedTooOften(records));
        committed.commit(requireNonNull(consumer));
        if (!failures.isEmpty()) {
            records.forEach(record -> failures.remove(record.partition()));
        }
        applier.linger(records.size());
    }

    private boolean haveFailedTooOften(List<ConsumerRecord<byte[], byte[]>> records) {
        return !failures.isEmpty()
                && records.stream()
                        .map(record -> failures.get(record.partition()))
                        .anyMatch(soFar -> soFar != null && soFar.faults >= FAILURES_WORTH_NOTING);
    }

    void onIdle(Consumer<?, ?> consumer) {
        partitions.checkIdle(consumer);
        committed.commit(consumer);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        partitions.seekToStored(consumer, assigned);
    }

    @Override
    public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        forget(revoked);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
        forget(lost);
    }

    private void forget(Collection<TopicPartition> gone) {
        partitions.forget(gone);
        committed.forget(gone);
        gone.forEach(partition -> failures.remove(partition.partition()));
    }

    /** Nothing of the batch was applied, or only the database knows whether it was: start again from what it says. */
    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        recover(thrown, records.partitions(), consumer, container);
    }

    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (thrown instanceof OffsetOutOfRangeException refused) {
            partitions.stopOutOfRange(consumer, refused.offsetOutOfRangePartitions());
        } else {
            recover(thrown, consumer.assignment(), consumer, container);
        }
    }

    private void recover(
            Exception thrown, Set<TopicPartition> failed, Consumer<?, ?> consumer, MessageListenerContainer container) {
        Throwable failure = thrown;
        while (container.isRunning()) {
            try {
                if (!(NestedExceptionUtils.getMostSpecificCause(failure) instanceof HeldBack)) {
                    ListenerUtils.stoppableSleep(container, note(failure, failed));
                }
                partitions.seekToStored(consumer, consumer.assignment());
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }

    /** Returns how long to pause, in milliseconds. */
    private long note(Throwable failure, Set<TopicPartition> failed) {
        Throwable cause = failure instanceof ListenerExecutionFailedException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        long pause = FIRST_PAUSE_MILLIS;
        int count = 1;
        for (int partition : failed.stream().map(TopicPartition::partition).collect(toSet())) {
            Failures soFar = failures.computeIfAbsent(partition, number -> new Failures(backOff));
            pause = Math.max(pause, soFar.pauses.nextBackOff());
            count = Math.max(count, ++soFar.count);
            soFar.faults += FaultIsolation.mayBeOfARecord(cause) ? 1 : 0;
        }
        log(cause);
        tellOperators(count, NestedExceptionUtils.getMostSpecificCause(failure));
        return pause;
    }

    private void log(Throwable failure) {
        if (failure instanceof OffsetsMoved
                || failure instanceof TopicRecreated
                || failure instanceof DuplicateKeyException) {
            log.info("Generation {} reads on from the stored offsets: {}", generation.number(), failure.getMessage());
        } else {
            errors.report(
                    "Generation " + generation.number()
                            + " could not apply a batch and tries again from the stored offsets",
                    failure);
        }
    }

    private void tellOperators(int count, Throwable cause) {
        String sqlState = cause instanceof SQLException refused ? refused.getSQLState() : null;
        boolean isOutOfResources = sqlState != null && sqlState.startsWith(OUT_OF_RESOURCES);
        if (count < FAILURES_WORTH_NOTING && !isOutOfResources) {
            return;
        }
        try {
            String firstLine = cause.toString().lines().findFirst().orElse("");
            rebuilds.noteError(generation.number(), firstLine, sqlState);
        } catch (DataAccessException e) {
            log.debug("The error cannot be noted in the database, which may be what fails", e);
        }
    }

    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    @Override
    public boolean isAckAfterHandle() {
        return false;
    }
}
