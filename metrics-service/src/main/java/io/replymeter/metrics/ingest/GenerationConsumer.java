package io.replymeter.metrics.ingest;

import static java.util.stream.Collectors.toSet;

import io.replymeter.metrics.generation.Generation;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private final Generation generation;
    private final OwnedPartitions partitions;
    private final Ingest ingest;
    private final Duration longestBackoff;
    private final AtomicInteger failuresInARow = new AtomicInteger();

    GenerationConsumer(Generation generation, OwnedPartitions partitions, Ingest ingest, Duration longestBackoff) {
        this.generation = generation;
        this.partitions = partitions;
        this.ingest = ingest;
        this.longestBackoff = longestBackoff;
    }

    /** Why partitions stand still, by partition; empty if none does. */
    Map<Integer, String> stopped() {
        return partitions.stopped();
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        String topicId = partitions.topicId(
                records.stream().map(ConsumerRecord::partition).collect(toSet()));
        partitions.moveTo(topicId, ingest.apply(generation, topicId, records, partitions.expected()));
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
            note(failure);
            try {
                ListenerUtils.stoppableSleep(container, backoffMillis());
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
