package io.replymeter.metrics.ingest;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import io.replymeter.measurement.UnsignedUuid;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.ingest.Intake.Counted;
import io.replymeter.metrics.ingest.Intake.DeletedConversation;
import io.replymeter.metrics.ingest.Intake.DeletedMessage;
import io.replymeter.metrics.ingest.Intake.Ignored;
import io.replymeter.metrics.ingest.Intake.Refused;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a batch of records changes: computed in memory from the conversations it touches, without I/O. Not thread-safe. */
final class MessageBatch {

    private record Arrival(int partition, Intake intake) {}

    private final Ruleset ruleset;
    /** Inquiries opened before are not kept, in {@link Micros}. */
    private final long since;

    private final Map<UUID, List<Arrival>> arrivals = new HashMap<>();

    private final List<Quarantine.Entry> refused = new ArrayList<>();
    private final Map<IgnoredRecords.Key, Long> ignored = new HashMap<>();

    private final List<Conversation> created = new ArrayList<>();
    private final List<Conversation> changed = new ArrayList<>();
    private final List<Inquiry> opened = new ArrayList<>();
    private final List<Inquiry> answered = new ArrayList<>();
    private final List<Inquiry> removed = new ArrayList<>();
    private final Map<DailyMetrics.Key, DailyCounts> daily = new HashMap<>();

    private MessageBatch(Generation generation) {
        this.ruleset = generation.ruleset();
        LocalDate firstDay = generation.firstDay();
        this.since = firstDay == null ? Long.MIN_VALUE : Micros.startOf(firstDay);
    }

    /** Reads the records; nothing is folded yet. */
    static MessageBatch of(List<ConsumerRecord<byte[], byte[]>> records, Generation generation) {
        MessageBatch batch = new MessageBatch(generation);
        RecordReader reader = new RecordReader(generation.ruleset());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            batch.take(record, reader.read(record.value(), TimeUnit.MILLISECONDS.toMicros(record.timestamp())));
        }
        return batch;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Intake intake) {
        if (intake instanceof Refused reason) {
            refused.add(new Quarantine.Entry(record, reason));
        } else if (intake instanceof Ignored unmeasured) {
            ignore(record.partition(), unmeasured.reason());
        } else {
            arrivals.computeIfAbsent(conversationOf(intake), id -> new ArrayList<>())
                    .add(new Arrival(record.partition(), intake));
        }
    }

    private static UUID conversationOf(Intake intake) {
        if (intake instanceof Counted message) {
            return message.conversationId();
        }
        return intake instanceof DeletedMessage deletion
                ? deletion.conversationId()
                : ((DeletedConversation) intake).conversationId();
    }

    /** The conversations whose present state {@link #fold} needs. */
    Set<UUID> conversationIds() {
        return arrivals.keySet();
    }

    /**
     * In one order, as conversations are locked: batches of two partitions may bring the same new ones.
     *
     * @param known the present state of those conversations that there are already
     */
    void fold(Map<UUID, Conversation> known) {
        List<UUID> ordered = new ArrayList<>(arrivals.keySet());
        ordered.sort(UnsignedUuid.ORDER);
        for (UUID id : ordered) {
            List<Arrival> arrived = requireNonNull(arrivals.get(id));
            Conversation conversation = known.get(id);
            if (conversation == null) {
                fold(new Conversation(id), arrived, created);
            } else {
                fold(conversation, arrived, changed);
            }
        }
    }

    private void fold(Conversation conversation, List<Arrival> arrived, List<Conversation> written) {
        List<Inquiry> before = inquiries(conversation);
        boolean isChanged = false;
        for (Arrival arrival : arrived) {
            isChanged |= apply(arrival, conversation);
        }
        if (isChanged) {
            written.add(conversation);
            compare(before, inquiries(conversation));
        }
    }

    private List<Inquiry> inquiries(Conversation conversation) {
        List<Inquiry> inquiries = conversation.inquiries(ruleset);
        inquiries.removeIf(inquiry -> inquiry.openedAt() < since);
        return inquiries;
    }

    private boolean apply(Arrival arrival, Conversation conversation) {
        if (arrival.intake() instanceof Counted message) {
            return add(message, arrival.partition(), conversation);
        }
        if (conversation.isDeleted()) {
            ignore(arrival.partition(), IgnoredReason.CONVERSATION_DELETED);
            return false;
        }
        if (arrival.intake() instanceof DeletedMessage deletion) {
            conversation.deleteMessage(deletion.messageId(), deletion.appendedAt());
        } else {
            conversation.delete();
        }
        return true;
    }

    private boolean add(Counted message, int partition, Conversation conversation) {
        switch (conversation.add(message.fact())) {
            case NEW:
                return true;
            case CONFLICT:
                ignore(partition, IgnoredReason.CONFLICT);
                return true;
            case DUPLICATE:
                ignore(partition, IgnoredReason.DUPLICATE);
                return false;
            case CONVERSATION_DELETED:
                ignore(partition, IgnoredReason.CONVERSATION_DELETED);
                return false;
        }
        throw new IllegalStateException();
    }

    private void ignore(int partition, IgnoredReason reason) {
        ignored.merge(new IgnoredRecords.Key(partition, reason), 1L, Long::sum);
    }

    private void compare(List<Inquiry> before, List<Inquiry> after) {
        if (before.isEmpty()) {
            after.forEach(inquiry -> add(inquiry, opened));
            return;
        }
        Set<Inquiry> gone = new HashSet<>(before);
        List<Inquiry> arrived =
                after.stream().filter(inquiry -> !gone.remove(inquiry)).toList();
        Map<UUID, Inquiry> predecessors = new HashMap<>();
        for (Inquiry inquiry : gone) {
            day(inquiry).subtract(inquiry, ruleset);
            predecessors.put(inquiry.initialMessageId(), inquiry);
        }
        for (Inquiry inquiry : arrived) {
            Inquiry predecessor = predecessors.get(inquiry.initialMessageId());
            boolean isSame = predecessor != null && predecessor.isOpenedAs(inquiry);
            add(inquiry, isSame ? answered : opened);
            if (isSame) {
                gone.remove(predecessor);
            }
        }
        removed.addAll(gone);
    }

    private void add(Inquiry inquiry, List<Inquiry> written) {
        written.add(inquiry);
        day(inquiry).add(inquiry, ruleset);
    }

    private DailyCounts day(Inquiry inquiry) {
        return daily.computeIfAbsent(
                new DailyMetrics.Key(inquiry.providerId(), Micros.epochDay(inquiry.openedAt())),
                day -> new DailyCounts());
    }

    List<Quarantine.Entry> refused() {
        return refused;
    }

    Map<IgnoredRecords.Key, Long> ignored() {
        return ignored;
    }

    List<Conversation> created() {
        return created;
    }

    List<Conversation> changed() {
        return changed;
    }

    /** Inquiries that are new. */
    List<Inquiry> opened() {
        return opened;
    }

    /** Inquiries that were there, with another response or none. */
    List<Inquiry> answered() {
        return answered;
    }

    /** Inquiries that were there and are no more. */
    List<Inquiry> removed() {
        return removed;
    }

    Map<DailyMetrics.Key, DailyCounts> daily() {
        return daily;
    }
}
