package io.replymeter.metrics.ingest;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.ingest.Feed.HeldBack;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Feeds one generation. The stored offsets alone say where to read on: they are read at assignment and again after every
 * failure, and nothing is remembered of a partition that is lost.
 */
final class GenerationConsumer
        implements BatchMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener, CommonErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationConsumer.class);
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final int FAILURES_WORTH_A_REPORT = 3;

    /** The class of PostgreSQL's errors for a full disk, too little memory or too many connections. */
    private static final String OUT_OF_RESOURCES = "53";

    private final Generation generation;
    private final OwnedPartitions partitions;
    private final Feed feed;
    private final Generations generations;
    private final Duration longestBackoff;
    private final AtomicInteger failuresInARow = new AtomicInteger();

    GenerationConsumer(
            Generation generation,
            OwnedPartitions partitions,
            Ingest ingest,
            Generations generations,
            Duration longestBackoff) {
        this.generation = generation;
        this.partitions = partitions;
        this.feed = new Feed(generation, partitions, ingest);
        this.generations = generations;
        this.longestBackoff = longestBackoff;
    }

    /** @param eventsPerSecond at most, on all instances together; null for as many as can be */
    void throttle(@Nullable Integer eventsPerSecond) {
        feed.throttle(eventsPerSecond);
    }

    /** Nothing waits any longer: the container is about to be stopped. */
    void stop() {
        feed.end();
    }

    /** Why partitions stand still, by partition; empty if none does. */
    Map<Integer, String> stopped() {
        return partitions.stopped();
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        feed.apply(records);
        failuresInARow.set(0);
    }

    void onIdle(Consumer<?, ?> consumer) {
        partitions.checkIdle(consumer);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        partitions.seekToStored(consumer, assigned);
    }

    @Override
    public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        partitions.forget(revoked);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
        partitions.forget(lost);
    }

    /** Nothing of the batch was applied, or the database alone knows whether it was: start again from what it says. */
    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        recover(thrown, consumer, container);
    }

    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (thrown instanceof OffsetOutOfRangeException refused) {
            partitions.stopOutOfRange(consumer, refused.offsetOutOfRangePartitions());
        } else {
            recover(thrown, consumer, container);
        }
    }

    private void recover(Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container) {
        Throwable failure = thrown;
        while (container.isRunning()) {
            boolean isHeldBack = NestedExceptionUtils.getMostSpecificCause(failure) instanceof HeldBack;
            try {
                if (!isHeldBack) {
                    note(failure);
                    ListenerUtils.stoppableSleep(container, backoffMillis());
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

    private void note(Throwable failure) {
        int failures = failuresInARow.incrementAndGet();
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        LOG.warn(
                "Generation {} could not apply a batch and starts it again from the stored offsets, try {}: {}",
                generation.number(),
                failures,
                cause.toString());
        report(failures, NestedExceptionUtils.getMostSpecificCause(failure));
    }

    /** What passes by itself, such as another consumer being faster, is over by the third try. */
    private void report(int failures, Throwable cause) {
        String sqlState = cause instanceof SQLException refused ? refused.getSQLState() : null;
        boolean isOutOfResources = sqlState != null && sqlState.startsWith(OUT_OF_RESOURCES);
        if (failures < FAILURES_WORTH_A_REPORT && !isOutOfResources) {
            return;
        }
        try {
            String firstLine = cause.toString().lines().findFirst().orElse("");
            generations.report(generation.number(), firstLine, sqlState);
        } catch (DataAccessException e) {
            LOG.debug("The database is what fails, and cannot be told so", e);
        }
    }

    private long backoffMillis() {
        int doublings = Math.min(failuresInARow.get() - 1, 16);
        return Math.min(FIRST_BACKOFF_MILLIS << doublings, longestBackoff.toMillis());
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
