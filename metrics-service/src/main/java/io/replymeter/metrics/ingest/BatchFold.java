package io.replymeter.metrics.ingest;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.Conversation.Added;
import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import io.replymeter.measurement.UnsignedUuid;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.ingest.DecodedRecord.ConversationEvent;
import io.replymeter.metrics.ingest.DecodedRecord.DeletedConversation;
import io.replymeter.metrics.ingest.DecodedRecord.DeletedMessage;
import io.replymeter.metrics.ingest.DecodedRecord.Excused;
import io.replymeter.metrics.ingest.DecodedRecord.Message;
import io.replymeter.metrics.ingest.DecodedRecord.Refused;
import io.replymeter.metrics.ingest.MessageBatch.Arrival;
import io.replymeter.metrics.tables.DailyMetrics;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Folds a batch into its conversations and collects what that changes, in memory only. Used once, by one thread. */
final class BatchFold {

    private static final Refused CONVERSATION_IS_FULL = new Refused(
            QuarantineReason.CONVERSATION_FULL,
            "the conversation has " + Conversation.MOST_MESSAGES + " messages, " + Conversation.MOST_THREADS
                    + " threads, or " + Conversation.MOST_AMENDMENTS + " deletions and excuses");

    private final Ruleset ruleset;
    /**
     * Inquiries opened before are not kept, in {@link Micros}: their day had left the window when the batch was appended, and
     * the clean-up may have deleted it.
     */
    private final long since;

    private final List<Conversation> created = new ArrayList<>();
    private final List<Conversation> changed = new ArrayList<>();
    private final List<Inquiry> opened = new ArrayList<>();
    private final List<Inquiry> answered = new ArrayList<>();
    private final List<Inquiry> removed = new ArrayList<>();
    private final Map<DailyMetrics.Key, DailyCounts> daily = new HashMap<>();
    private final List<Quarantine.Entry> refused;
    private final Map<IgnoredRecords.Key, Long> ignored;

    /**
     * @param appendedFrom when the earliest record of the batch was appended, in {@link Micros}
     * @param refused what was refused before any conversation was looked at
     * @param ignored what was ignored before any conversation was looked at
     */
    BatchFold(
            Generation generation,
            long appendedFrom,
            List<Quarantine.Entry> refused,
            Map<IgnoredRecords.Key, Long> ignored) {
        LocalDate firstDay = generation.firstDay();
        this.ruleset = generation.ruleset();
        LocalDate firstPossible = LocalDate.ofEpochDay(
                Micros.epochDay(appendedFrom - Micros.of(generation.ruleset().maximumAge())));
        this.since = Micros.startOf(firstDay == null || firstDay.isBefore(firstPossible) ? firstPossible : firstDay);
        this.refused = new ArrayList<>(refused);
        this.ignored = new HashMap<>(ignored);
    }

    /** In the order of the ids, as conversations are locked: batches of two partitions may create the same ones. */
    BatchChanges fold(Map<UUID, List<Arrival>> arrivals, Map<UUID, Conversation> known) {
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
        return new BatchChanges(created, changed, opened, answered, removed, daily, refused, ignored);
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

    /** Returns whether the conversation changed. */
    private boolean apply(Arrival arrival, Conversation conversation) {
        if (arrival.event() instanceof DeletedConversation) {
            if (conversation.isDeleted()) {
                ignore(arrival, IgnoredReason.CONVERSATION_DELETED);
                return false;
            }
            conversation.delete();
            return true;
        }
        return switch (add(arrival.event(), conversation)) {
            case NEW -> true;
            case CONFLICT -> {
                ignore(arrival, IgnoredReason.CONFLICT);
                yield true;
            }
            case DUPLICATE -> {
                ignore(arrival, IgnoredReason.DUPLICATE);
                yield false;
            }
            case CONVERSATION_DELETED -> {
                ignore(arrival, IgnoredReason.CONVERSATION_DELETED);
                yield false;
            }
            case FULL -> {
                refused.add(new Quarantine.Entry(arrival.record(), CONVERSATION_IS_FULL));
                yield false;
            }
        };
    }

    private static Added add(ConversationEvent event, Conversation conversation) {
        if (event instanceof Message message) {
            return conversation.add(message.fact());
        }
        if (event instanceof DeletedMessage deletion) {
            return conversation.deleteMessage(deletion.messageId(), deletion.appendedAt());
        }
        Excused excused = (Excused) event;
        return conversation.excuse(excused.messageId(), excused.excuse(), excused.appendedAt());
    }

    private void ignore(Arrival arrival, IgnoredReason reason) {
        ignored.merge(new IgnoredRecords.Key(arrival.record().partition(), reason), 1L, Long::sum);
    }

    /** What opens one inquiry at most; one message may go to several clients. */
    private record Opening(UUID messageId, UUID clientId, UUID providerId) {
        static Opening of(Inquiry inquiry) {
            return new Opening(inquiry.initialMessageId(), inquiry.clientId(), inquiry.providerId());
        }
    }

    private void compare(List<Inquiry> before, List<Inquiry> after) {
        if (before.isEmpty()) {
            after.forEach(inquiry -> add(inquiry, opened));
            return;
        }
        Set<Inquiry> gone = new HashSet<>(before);
        List<Inquiry> arrived =
                after.stream().filter(inquiry -> !gone.remove(inquiry)).toList();
        Map<Opening, Inquiry> predecessors = new HashMap<>();
        for (Inquiry inquiry : gone) {
            day(inquiry).subtract(inquiry, ruleset);
            predecessors.put(Opening.of(inquiry), inquiry);
        }
        for (Inquiry inquiry : arrived) {
            Inquiry predecessor = predecessors.get(Opening.of(inquiry));
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
}
