package io.replymeter.metrics.ingest;

import io.replymeter.events.MessageEventsTopic;
import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.ingest.DecodedRecord.ConversationEvent;
import io.replymeter.metrics.ingest.DecodedRecord.Ignored;
import io.replymeter.metrics.ingest.DecodedRecord.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A batch of records, decoded and grouped by conversation. It is not changed by being folded. */
final class MessageBatch {

    /** An event and the record that carried it. */
    record Arrival(ConsumerRecord<byte[], byte[]> record, ConversationEvent event) {}

    private final Map<UUID, List<Arrival>> arrivals = new HashMap<>();
    private final List<Quarantine.Entry> refused = new ArrayList<>();
    private final Map<IgnoredRecords.Key, Long> ignored = new HashMap<>();
    /** When the earliest record was appended, in microseconds since 1970. */
    private long appendedFrom = Long.MAX_VALUE;

    private final int size;

    private MessageBatch(int size) {
        this.size = size;
    }

    /** @param records of one or several partitions, those of a partition in offset order */
    static MessageBatch decode(List<ConsumerRecord<byte[], byte[]>> records, Ruleset ruleset) {
        MessageBatch batch = new MessageBatch(records.size());
        RecordDecoder decoder = new RecordDecoder(ruleset);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            long appendedAt = TimeUnit.MILLISECONDS.toMicros(record.timestamp());
            batch.add(record, isTooLarge(record) ? tooLarge(record) : decoder.decode(record.value(), appendedAt));
            batch.appendedFrom = Math.min(batch.appendedFrom, appendedAt);
        }
        return batch;
    }

    private static boolean isTooLarge(ConsumerRecord<?, ?> record) {
        return record.serializedValueSize() > MessageEventsTopic.MOST_BYTES;
    }

    private static Refused tooLarge(ConsumerRecord<?, ?> record) {
        return new Refused(
                QuarantineReason.TOO_LARGE,
                "the value has " + record.serializedValueSize() + " bytes, of which the first are kept; at most "
                        + MessageEventsTopic.MOST_BYTES + " are read");
    }

    /** A record that is not even looked at. */
    static MessageBatch unprocessable(ConsumerRecord<byte[], byte[]> record, String detail) {
        MessageBatch batch = new MessageBatch(1);
        batch.add(record, new Refused(QuarantineReason.UNPROCESSABLE, detail));
        batch.appendedFrom = TimeUnit.MILLISECONDS.toMicros(record.timestamp());
        return batch;
    }

    /** How many records there are. */
    int size() {
        return size;
    }

    private void add(ConsumerRecord<byte[], byte[]> record, DecodedRecord decoded) {
        if (decoded instanceof ConversationEvent event) {
            arrivals.computeIfAbsent(event.conversationId(), id -> new ArrayList<>())
                    .add(new Arrival(record, event));
        } else if (decoded instanceof Refused reason) {
            refused.add(new Quarantine.Entry(record, reason));
        } else {
            ignored.merge(new IgnoredRecords.Key(record.partition(), ((Ignored) decoded).reason()), 1L, Long::sum);
        }
    }

    /** The conversations whose present state {@link #fold} needs. */
    Set<UUID> conversationIds() {
        return arrivals.keySet();
    }

    /**
     * What the batch changes.
     *
     * @param known the present state of those conversations that exist already; they are changed
     */
    BatchChanges fold(Map<UUID, Conversation> known, Generation generation) {
        return new BatchFold(generation, appendedFrom, refused, ignored).fold(arrivals, known);
    }
}
