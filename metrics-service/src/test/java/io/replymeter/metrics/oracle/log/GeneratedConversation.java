package io.replymeter.metrics.oracle.log;

import static java.util.Comparator.naturalOrder;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.ExcuseReason;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.metrics.oracle.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Everything that is appended about one conversation, in no particular order and all in partition 0. */
final class GeneratedConversation {

    /** A client and a provider of the conversation, who are not the same. */
    record Pair(Party client, Party provider) {}

    private static final int LONGEST_THREAD = 14;
    private static final Duration LONGEST_DEFERRAL = Duration.ofDays(14);

    private final Chance chance;
    private final GeneratedTimes times;
    private final UUID id;
    private final List<Pair> pairs;
    private final List<UUID> knownElsewhere;
    private final Set<UUID> messageIds = new HashSet<>();
    private final List<LogRecord> log = new ArrayList<>();

    /** @param knownElsewhere message ids of other conversations; this one uses some of them too */
    GeneratedConversation(Chance chance, GeneratedTimes times, List<Pair> pairs, List<UUID> knownElsewhere) {
        this.chance = chance;
        this.times = times;
        this.id = chance.id();
        this.pairs = pairs;
        this.knownElsewhere = knownElsewhere;
    }

    List<LogRecord> log() {
        pairs.forEach(this::thread);
        deleteUnknownMessages();
        if (chance.oneIn(10)) {
            deleteConversation();
        }
        return log;
    }

    /** The ids its messages have. */
    Set<UUID> messageIds() {
        return messageIds;
    }

    private void thread(Pair pair) {
        Instant first = times.start();
        Instant sentAt = first;
        boolean byClient = chance.percent(80);
        int length = chance.between(1, LONGEST_THREAD);
        Party colleague = new Party(chance.id(), Role.PROVIDER);
        boolean isTeam = chance.oneIn(4);
        for (int i = 0; i < length && !sentAt.isAfter(times.now().plus(Duration.ofMinutes(6))); i++) {
            Party provider = isTeam && chance.oneIn(2) ? colleague : pair.provider;
            UUID account = provider.equals(pair.provider) && chance.oneIn(2) ? null : pair.provider.id();
            Instant answerableFrom = byClient && chance.oneIn(4) ? times.answerableFrom(sentAt) : null;
            MessageCreated message = byClient
                    ? pair.client.writesTo(provider, id, newMessageId(), sentAt)
                    : provider.writesTo(pair.client, id, newMessageId(), sentAt);
            message(HandwrittenLog.with(message, account, answerableFrom));
            byClient = chance.percent(60) != byClient;
            first = chance.oneIn(4) ? sentAt : first;
            if (answerableFrom != null && chance.percent(70)) {
                first = clockStart(sentAt, answerableFrom);
            }
            sentAt = times.next(sentAt, first);
        }
    }

    private static Instant clockStart(Instant sentAt, Instant answerableFrom) {
        Instant latest = sentAt.plus(LONGEST_DEFERRAL);
        Instant from = answerableFrom.isBefore(sentAt) ? sentAt : answerableFrom;
        return from.isAfter(latest) ? latest : from;
    }

    private void message(MessageCreated sent) {
        MessageCreated message = unmeasured(sent);
        List<MessageCreated> copies = new ArrayList<>(List.of(message));
        while (chance.oneIn(10)) {
            copies.add(contradict(chance.oneOf(copies)));
        }
        Instant first =
                copies.stream().map(MessageCreated::sentAt).min(naturalOrder()).orElseThrow();
        Instant last =
                copies.stream().map(MessageCreated::sentAt).max(naturalOrder()).orElseThrow();
        copies.forEach(copy -> append(copy, copies.size() > 1, first));
        if (copies.size() == 1 && pairs.size() > 1 && chance.oneIn(3)) {
            toAnotherOfTheGroup(message);
        }
        while (chance.percent(message.senderRole() == Role.CLIENT ? 40 : 5)) {
            excuse(message, first);
        }
        while (chance.oneIn(8)) {
            delete(message.messageId(), times.deleted(first, last));
        }
    }

    /** The same message under the same id in another thread, an event of its own. */
    private void toAnotherOfTheGroup(MessageCreated message) {
        Pair other = chance.oneOf(pairs);
        boolean isOfSameThread = pairs.stream().filter(other::equals).count() > 1
                || List.of(message.senderId(), message.recipientId()).contains(other.client.id());
        if (message.senderRole() == Role.CLIENT || isOfSameThread) {
            return;
        }
        MessageCreated copy =
                other.provider.writesTo(other.client, id, message.messageId(), message.sentAt(), message.kind());
        append(copy, false, message.sentAt());
    }

    /** No excuse is appended when its message may be forgotten: of two, only one would then be known. */
    private void excuse(MessageCreated message, Instant first) {
        Instant from = message.answerableFrom();
        Instant clockStart = from == null ? message.sentAt() : clockStart(message.sentAt(), from);
        Instant excusedAt = times.excused(chance.oneIn(2) ? message.sentAt() : clockStart);
        Instant appendedAt = times.appended(excusedAt);
        Instant limit = GeneratedTimes.lastContradiction(first).plusMillis(1);
        log.add(new LogRecord(
                new InquiryExcused(
                        id,
                        message.messageId(),
                        chance.oneOf(List.of(ExcuseReason.values())),
                        chance.oneOf(List.of(ExcusedBy.values())),
                        excusedAt),
                appendedAt.isAfter(limit) ? limit : appendedAt));
    }

    private void append(MessageCreated copy, boolean contradicted, Instant first) {
        do {
            Instant appendedAt = times.appended(copy.sentAt());
            Instant limit = GeneratedTimes.lastContradiction(first);
            log.add(new LogRecord(copy, contradicted && appendedAt.isAfter(limit) ? limit : appendedAt));
        } while (chance.oneIn(12));
    }

    private void delete(UUID messageId, Instant appendedAt) {
        log.add(new LogRecord(new MessageDeleted(messageId, id, times.deletionStamp(appendedAt)), appendedAt));
    }

    private void deleteUnknownMessages() {
        while (chance.oneIn(8)) {
            UUID unknown = knownElsewhere.isEmpty() ? chance.id() : chance.oneOf(knownElsewhere);
            if (!messageIds.contains(unknown)) {
                delete(unknown, times.any());
            }
        }
    }

    private void deleteConversation() {
        do {
            Instant appendedAt = times.any();
            Event deleted = new ConversationDeleted(id, times.deletionStamp(appendedAt));
            log.add(new LogRecord(deleted, appendedAt));
        } while (chance.oneIn(3));
    }

    private UUID newMessageId() {
        UUID shared = chance.oneIn(20) && !knownElsewhere.isEmpty() ? chance.oneOf(knownElsewhere) : chance.id();
        UUID messageId = messageIds.contains(shared) ? chance.id() : shared;
        messageIds.add(messageId);
        return messageId;
    }

    /** Another message under the same id. */
    private MessageCreated contradict(MessageCreated message) {
        Party sender = sender(message);
        Party recipient = recipient(message);
        Pair other = chance.oneOf(pairs);
        MessageCreated changed = switch (chance.between(0, 7)) {
            case 0 -> between(recipient, sender, message);
            case 1 ->
                between(new Party(sender.id(), recipient.role()), new Party(recipient.id(), sender.role()), message);
            case 2 -> between(other.client, other.provider, message);
            case 3 -> between(other.provider, other.client, message);
            case 4 -> HandwrittenLog.answerable(times.answerableFrom(message.sentAt()), message);
            case 5 -> of(chance.oneIn(2) ? MessageKind.ACTION : MessageKind.HUMAN, message);
            default -> message;
        };
        return unmeasured(chance.percent(60) ? at(times.contradicting(message.sentAt()), changed) : changed);
    }

    /** Sometimes the message with another kind or between other roles, otherwise the message itself. */
    private MessageCreated unmeasured(MessageCreated message) {
        Party changed = new Party(message.senderId(), chance.oneOf(List.of(Role.values())));
        return switch (chance.between(0, 19)) {
            case 0 -> of(chance.oneOf(List.of(MessageKind.values())), message);
            case 1 -> between(changed, recipient(message), message);
            default -> message;
        };
    }

    private static MessageCreated between(Party sender, Party recipient, MessageCreated message) {
        return sender.writesTo(
                recipient, message.conversationId(), message.messageId(), message.sentAt(), message.kind());
    }

    private static MessageCreated at(Instant sentAt, MessageCreated message) {
        return HandwrittenLog.with(
                sender(message)
                        .writesTo(
                                recipient(message),
                                message.conversationId(),
                                message.messageId(),
                                sentAt,
                                message.kind()),
                message.providerId(),
                message.answerableFrom());
    }

    private static MessageCreated of(MessageKind kind, MessageCreated message) {
        return HandwrittenLog.with(
                sender(message)
                        .writesTo(
                                recipient(message),
                                message.conversationId(),
                                message.messageId(),
                                message.sentAt(),
                                kind),
                message.providerId(),
                message.answerableFrom());
    }

    private static Party sender(MessageCreated message) {
        return new Party(message.senderId(), message.senderRole());
    }

    private static Party recipient(MessageCreated message) {
        return new Party(message.recipientId(), message.recipientRole());
    }
}
