package io.replymeter.metrics.ingest;

import static java.util.Objects.requireNonNull;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.Offsets;
import io.replymeter.metrics.log.Offsets.Position;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Feeds one generation. The stored offsets alone say where to read on: they are read at assignment and again after every
 * failure, and nothing is remembered of a partition that is lost. A partition whose stored offset the topic no longer
 * holds, or whose topic is another one, stands still until somebody decides; the others go on.
 */
final class GenerationConsumer
        implements BatchMessageListener<byte[], byte @Nullable []>, ConsumerAwareRebalanceListener, CommonErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationConsumer.class);
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final String CREATED_ANEW = "the topic was created anew: rebuild from what it holds now";

    /** @param topicId of the topic that was read: the broker may refuse an offset before it tells that there is another */
    private record Stopped(String topicId, String reason) {}

    private final Generation generation;
    private final Topic topic;
    private final Offsets offsets;
    private final Ingest ingest;
    private final Duration longestBackoff;

    /** By partition of this instance, the offset that was read at assignment or written last. */
    private final Map<Integer, Long> expected = new ConcurrentHashMap<>();
    /** Why a partition stands still. */
    private final Map<Integer, Stopped> stopped = new ConcurrentHashMap<>();

    private volatile String topicId = "";
    private final AtomicInteger failuresInARow = new AtomicInteger();

    GenerationConsumer(Generation generation, Topic topic, Offsets offsets, Ingest ingest, Duration longestBackoff) {
        this.generation = generation;
        this.topic = topic;
        this.offsets = offsets;
        this.ingest = ingest;
        this.longestBackoff = longestBackoff;
    }

    /** Why partitions stand still, by partition; empty if none does. */
    Map<Integer, String> stopped() {
        Map<Integer, String> reasons = new TreeMap<>();
        stopped.forEach((partition, its) -> reasons.put(partition, isOf(its.topicId()) ? its.reason() : CREATED_ANEW));
        return reasons;
    }

    /** Whether the topic is still the one with {@code id}, as far as the broker told. */
    private boolean isOf(String id) {
        return topic.state().map(TopicState::topicId).equals(Optional.of(id));
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte @Nullable []>> records) {
        if (!isOf(topicId)) {
            throw new IllegalStateException(CREATED_ANEW);
        }
        expected.putAll(ingest.apply(generation, topicId, records, new HashMap<>(expected)));
        failuresInARow.set(0);
    }

    /** Nothing came for a while: no record will tell that the topic is another one. */
    void onIdle(Consumer<?, ?> consumer) {
        if (isOf(topicId)) {
            skipMarks(consumer);
        } else {
            seekToStored(consumer, consumer.assignment());
        }
    }

    /**
     * Moves the stored offsets past what carries no record: the marks that a transactional producer leaves. Otherwise a
     * partition would never seem to be read to its end.
     */
    private void skipMarks(Consumer<?, ?> consumer) {
        List<Offsets.Step> steps = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            Long before = expected.get(partition.partition());
            long next = before == null ? 0 : consumer.position(partition);
            if (before != null && next > before) {
                steps.add(new Offsets.Step(partition.partition(), before, next, null));
            }
        }
        if (!steps.isEmpty()) {
            offsets.advance(generation.number(), topicId, steps);
            steps.forEach(step -> expected.put(step.partition(), step.nextOffset()));
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        seekToStored(consumer, partitions);
    }

    @Override
    public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            expected.remove(partition.partition());
            stopped.remove(partition.partition());
        });
    }

    private void seekToStored(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return; // A rebalance that gave nothing new: what is held was read of the topic known so far.
        }
        forget(partitions);
        TopicState state = topic.state().orElseThrow(() -> new IllegalStateException("the topic was not seen yet"));
        topicId = state.topicId();
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> offsets.begin(
                generation.number(), partition.partition(), topicId, requireNonNull(beginnings.get(partition))));
        Map<Integer, Position> stored = offsets.of(generation.number());
        for (TopicPartition partition : partitions) {
            seek(
                    consumer,
                    partition,
                    requireNonNull(stored.get(partition.partition())),
                    requireNonNull(beginnings.get(partition)),
                    requireNonNull(ends.get(partition)));
        }
    }

    private void seek(Consumer<?, ?> consumer, TopicPartition partition, Position stored, long beginning, long end) {
        String trouble = trouble(stored, beginning, end);
        if (!trouble.isEmpty()) {
            stop(consumer, partition, trouble);
            consumer.seek(partition, beginning);
            return;
        }
        expected.put(partition.partition(), stored.nextOffset());
        consumer.seek(partition, stored.nextOffset());
        consumer.resume(Set.of(partition));
    }

    private String trouble(Position stored, long beginning, long end) {
        if (!stored.topicId().equals(topicId)) {
            return CREATED_ANEW;
        }
        if (stored.nextOffset() < beginning) {
            return "records from offset " + stored.nextOffset() + " to " + (beginning - 1)
                    + " were removed before they were read: rebuild from what the topic holds now";
        }
        if (stored.nextOffset() > end) {
            return "the topic ends at offset " + end + ", before the stored " + stored.nextOffset()
                    + ": records were lost, rebuild from what it holds now";
        }
        return "";
    }

    private void stop(Consumer<?, ?> consumer, TopicPartition partition, String why) {
        LOG.error("Generation {} stands still in {}: {}", generation.number(), partition, why);
        stopped.put(partition.partition(), new Stopped(topicId, why));
        expected.remove(partition.partition());
        consumer.pause(Set.of(partition));
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
        if (thrown instanceof OffsetOutOfRangeException gone) {
            gone.offsetOutOfRangePartitions()
                    .forEach((partition, offset) -> stop(
                            consumer,
                            partition,
                            "offset " + offset + " is no longer in the topic: rebuild from what is"));
            consumer.seekToBeginning(gone.offsetOutOfRangePartitions().keySet());
            return;
        }
        recover(thrown, consumer, container);
    }

    private void recover(Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container) {
        Throwable failure = thrown;
        while (container.isRunning()) {
            note(failure);
            try {
                ListenerUtils.stoppableSleep(container, backoffMillis());
                seekToStored(consumer, consumer.assignment());
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
