package io.replymeter.metrics.oracle;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Which messages and excuses of a log count: rules 1, 2, 8 and 9. */
final class CountedMessages {

    private static final Duration FUTURE = Duration.ofMinutes(5);
    private static final Duration TOO_OLD = Duration.ofDays(31);

    /** Of copies that differ, the least counts. What comes after the sender only makes the choice a fixed one. */
    private static final Comparator<MessageCreated> COPIES = comparing(MessageCreated::sentAt)
            .thenComparing(message -> unsigned(message.senderId()))
            .thenComparing(message -> isByClient(message) ? 0 : 1)
            .thenComparing(message -> message.kind() == MessageKind.ACTION)
            .thenComparing(CountedMessages::answerableFrom);

    private static final Comparator<MessageCreated> READING_ORDER = comparing(MessageCreated::sentAt)
            .thenComparing(message -> isByClient(message) ? 0 : 1)
            .thenComparing(message -> unsigned(message.messageId()));

    /** One client and one provider in one conversation. */
    record ThreadKey(UUID conversationId, UUID clientId, UUID providerId) {}

    /** What deletions and excuses name, in whatever thread. */
    private record MessageKey(UUID conversationId, UUID messageId) {

        static MessageKey of(MessageCreated message) {
            return new MessageKey(message.conversationId(), message.messageId());
        }
    }

    /** A message of a thread. */
    private record CopyKey(ThreadKey thread, UUID messageId) {}

    private final Duration longestDeferral;

    CountedMessages(Thresholds thresholds) {
        this.longestDeferral = thresholds.longestDeferral();
    }

    /** Each thread's messages, in the order in which they are read. */
    Map<ThreadKey, List<MessageCreated>> byThread(Collection<LogRecord> log) {
        List<LogRecord> onTime = log.stream().filter(CountedMessages::isOnTime).toList();
        Map<MessageKey, Instant> deletions = messageDeletions(onTime);
        Set<UUID> deletedConversations = deletedConversations(onTime);
        return earliestCopies(onTime).stream()
                .filter(message -> !deletedConversations.contains(message.conversationId()))
                .filter(message -> !isDeleted(message, deletions))
                .sorted(READING_ORDER)
                .collect(groupingBy(CountedMessages::threadOf));
    }

    /** The excuses that count of each message. */
    Function<MessageCreated, List<InquiryExcused>> excuses(Collection<LogRecord> log) {
        Map<MessageKey, List<LogRecord>> excuses = log.stream()
                .filter(CountedMessages::isOnTime)
                .filter(record -> record.event() instanceof InquiryExcused)
                .collect(groupingBy(record -> {
                    InquiryExcused excused = (InquiryExcused) record.event();
                    return new MessageKey(excused.conversationId(), excused.messageId());
                }));
        return message -> excuses.getOrDefault(MessageKey.of(message), List.of()).stream()
                .filter(record -> isInTime(record.appendedAt(), message))
                .map(record -> (InquiryExcused) record.event())
                .toList();
    }

    /** Rule 3: when the clock of an inquiry starts that this message opens, unless an answer comes before. */
    Instant clockStart(MessageCreated message) {
        Instant latest = message.sentAt().plus(longestDeferral);
        return answerableFrom(message).isAfter(latest) ? latest : answerableFrom(message);
    }

    private static Instant answerableFrom(MessageCreated message) {
        Instant from = message.answerableFrom();
        return from == null || !isByClient(message) || from.isBefore(message.sentAt()) ? message.sentAt() : from;
    }

    /** Rule 9. */
    private static boolean isOnTime(LogRecord record) {
        Instant stamp = stampOf(record.event());
        return !stamp.isAfter(record.appendedAt().plus(FUTURE))
                && !stamp.isBefore(record.appendedAt().minus(TOO_OLD));
    }

    private static Instant stampOf(Event event) {
        if (event instanceof MessageCreated created) {
            return created.sentAt();
        }
        if (event instanceof MessageDeleted deleted) {
            return deleted.deletedAt();
        }
        if (event instanceof InquiryExcused excused) {
            return excused.excusedAt();
        }
        return ((ConversationDeleted) event).deletedAt();
    }

    /** Rules 1 and 2: what is not measured is no copy of anything. */
    private static Collection<MessageCreated> earliestCopies(List<LogRecord> log) {
        return log.stream()
                .filter(record -> record.event() instanceof MessageCreated)
                .map(record -> (MessageCreated) record.event())
                .filter(CountedMessages::isMeasured)
                .collect(toMap(
                        message -> new CopyKey(threadOf(message), message.messageId()),
                        message -> message,
                        BinaryOperator.minBy(COPIES)))
                .values();
    }

    private static boolean isMeasured(MessageCreated message) {
        boolean isByProvider = message.senderRole() == Role.PROVIDER && message.recipientRole() == Role.CLIENT;
        return message.kind() == MessageKind.HUMAN && (isByClient(message) || isByProvider)
                || message.kind() == MessageKind.ACTION && isByProvider;
    }

    static boolean isByClient(MessageCreated message) {
        return message.senderRole() == Role.CLIENT && message.recipientRole() == Role.PROVIDER;
    }

    /** When each deleted message was first deleted, by append time. */
    private static Map<MessageKey, Instant> messageDeletions(List<LogRecord> log) {
        return log.stream()
                .filter(record -> record.event() instanceof MessageDeleted)
                .collect(toMap(
                        record -> {
                            MessageDeleted deleted = (MessageDeleted) record.event();
                            return new MessageKey(deleted.conversationId(), deleted.messageId());
                        },
                        LogRecord::appendedAt,
                        BinaryOperator.minBy(Comparator.naturalOrder())));
    }

    private static Set<UUID> deletedConversations(List<LogRecord> log) {
        return log.stream()
                .map(LogRecord::event)
                .filter(ConversationDeleted.class::isInstance)
                .map(Event::conversationId)
                .collect(toSet());
    }

    /** Rule 8. What had left the window when it was deleted is not touched any more. */
    private boolean isDeleted(MessageCreated message, Map<MessageKey, Instant> deletions) {
        Instant deletedAt = deletions.get(MessageKey.of(message));
        return isByClient(message) && deletedAt != null && isInTime(deletedAt, message);
    }

    /** Whether what was appended then about {@code message} still counts. */
    private boolean isInTime(Instant appendedAt, MessageCreated message) {
        return !clockStart(message).isBefore(appendedAt.minus(TOO_OLD));
    }

    private static ThreadKey threadOf(MessageCreated message) {
        UUID client = isByClient(message) ? message.senderId() : message.recipientId();
        UUID provider = isByClient(message) ? message.recipientId() : message.senderId();
        UUID account = message.providerId();
        return new ThreadKey(message.conversationId(), client, account == null ? provider : account);
    }

    /** Sorts as the unsigned number does: the text is its 32 digits, of fixed length. {@link UUID} compares signed. */
    private static String unsigned(UUID id) {
        return id.toString();
    }
}
