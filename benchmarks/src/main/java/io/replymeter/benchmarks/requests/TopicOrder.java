package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.workload.TopicReader;
import io.replymeter.events.EventCodec;
import io.replymeter.events.InvalidEvent;
import io.replymeter.events.MessageCreated;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whether a topic holds each conversation's messages in the order in which they were committed, none missing. */
final class TopicOrder implements TopicReader.Worker {

    private final EventCodec codec = new EventCodec();
    private final Map<UUID, Long> sequences = new HashMap<>();
    private long messages;
    private long misplaced;

    /** A sentence about it. */
    static String of(TopicReader reader) throws Exception {
        TopicOrder order = new TopicOrder();
        reader.read(() -> {}, List.of(order));
        return "%,d messages of %,d conversations, %,d of them out of order"
                .formatted(order.messages, order.sequences.size(), order.misplaced);
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) throws InvalidEvent {
        MessageCreated message = (MessageCreated) codec.decode(record.value()).orElseThrow();
        long expected = sequences.merge(message.conversationId(), 1L, Long::sum);
        messages++;
        if (message.sequence() == null || message.sequence() != expected) {
            misplaced++;
        }
    }
}
