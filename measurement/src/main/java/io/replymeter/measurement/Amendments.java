package io.replymeter.measurement;

import io.replymeter.measurement.Conversation.Added;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What was said of a conversation's messages later, by message id: deletions and excuses. They are judged by their own
 * append times, as messages are (rule 9). Not thread-safe.
 */
final class Amendments {

    static final int MOST = 100_000;

    /** When the earliest deletion of each deleted message was appended, in {@link Micros}. */
    private final Map<UUID, Long> deletions = new HashMap<>();

    private final Map<UUID, List<Excuse.Appended>> excuses = new HashMap<>();
    private int excuseCount;

    boolean isEmpty() {
        return deletions.isEmpty() && excuses.isEmpty();
    }

    private boolean isFull() {
        return deletions.size() + excuseCount >= MOST;
    }

    Map<UUID, Long> deletions() {
        return Collections.unmodifiableMap(deletions);
    }

    Map<UUID, List<Excuse.Appended>> excuses() {
        return Collections.unmodifiableMap(excuses);
    }

    Added delete(UUID messageId, long appendedAt) {
        if (isFull() && !deletions.containsKey(messageId)) {
            return Added.FULL;
        }
        deletions.merge(messageId, appendedAt, Math::min);
        return Added.NEW;
    }

    Added excuse(UUID messageId, Excuse.Appended added) {
        if (excuses.getOrDefault(messageId, List.of()).stream().anyMatch(other -> other.makesNeedless(added))) {
            return Added.DUPLICATE;
        }
        if (isFull()) {
            return Added.FULL;
        }
        List<Excuse.Appended> known = excuses.computeIfAbsent(messageId, id -> new ArrayList<>(1));
        excuseCount -= known.size();
        known.removeIf(added::makesNeedless);
        known.add(added);
        excuseCount += known.size();
        return Added.NEW;
    }

    void clear() {
        deletions.clear();
        excuses.clear();
        excuseCount = 0;
    }

    /** A client's message counts as never sent, a provider's still counts (rule 8). */
    boolean isDeleted(Fact message, Ruleset ruleset) {
        Long appendedAt = deletions.isEmpty() || !message.fromClient() ? null : deletions.get(message.messageId());
        return appendedAt != null && isInTime(appendedAt, message, ruleset);
    }

    /** Those that may hold (rule 5). */
    List<Excuse> excusesOf(Fact message, Ruleset ruleset) {
        List<Excuse.Appended> known = excuses.isEmpty() ? null : excuses.get(message.messageId());
        if (known == null) {
            return List.of();
        }
        return known.stream()
                .filter(excuse -> isInTime(excuse.appendedAt(), message, ruleset))
                .map(Excuse.Appended::excuse)
                .toList();
    }

    /** What was appended too late has no effect: the message could no longer be shown. */
    private static boolean isInTime(long appendedAt, Fact message, Ruleset ruleset) {
        return message.clockStart(ruleset) >= appendedAt - Micros.of(ruleset.maximumAge());
    }

    /**
     * Drops what is no longer needed at {@code limit}.
     *
     * @param neededUntil as {@link #messagesNeededUntil} tells
     */
    void forgetBefore(long limit, Map<UUID, Long> neededUntil) {
        deletions
                .entrySet()
                .removeIf(deletion -> neededUntil(deletion.getKey(), deletion.getValue(), neededUntil) < limit);
        excuses.forEach((messageId, known) ->
                known.removeIf(excuse -> neededUntil(messageId, excuse.appendedAt(), neededUntil) < limit));
        excuses.values().removeIf(List::isEmpty);
        excuseCount = excuses.values().stream().mapToInt(List::size).sum();
    }

    /** The largest limit for which {@link #forgetBefore} drops nothing; {@link Long#MAX_VALUE} if there is nothing. */
    long oldestAt(List<Fact> facts, Ruleset ruleset) {
        Map<UUID, Long> neededUntil = messagesNeededUntil(facts, ruleset);
        long oldest = Long.MAX_VALUE;
        for (Map.Entry<UUID, Long> deletion : deletions.entrySet()) {
            oldest = Math.min(oldest, neededUntil(deletion.getKey(), deletion.getValue(), neededUntil));
        }
        for (Map.Entry<UUID, List<Excuse.Appended>> known : excuses.entrySet()) {
            for (Excuse.Appended excuse : known.getValue()) {
                oldest = Math.min(oldest, neededUntil(known.getKey(), excuse.appendedAt(), neededUntil));
            }
        }
        return oldest;
    }

    /** Until when the messages are kept that are named here: a message is kept while one before it is needed. */
    Map<UUID, Long> messagesNeededUntil(List<Fact> facts, Ruleset ruleset) {
        if (isEmpty()) {
            return Map.of();
        }
        Map<UUID, Long> neededUntil = new HashMap<>();
        long until = Long.MIN_VALUE;
        for (Fact fact : facts) {
            until = Math.max(until, fact.clockStart(ruleset));
            if (deletions.containsKey(fact.messageId()) || excuses.containsKey(fact.messageId())) {
                neededUntil.put(fact.messageId(), until);
            }
        }
        return neededUntil;
    }

    /** What names a message is needed while it is kept, and while it could still arrive, from a clock that is ahead. */
    private static long neededUntil(UUID messageId, long appendedAt, Map<UUID, Long> messages) {
        return Math.max(
                appendedAt + Micros.of(Ruleset.CLOCK_TOLERANCE), messages.getOrDefault(messageId, Long.MIN_VALUE));
    }
}
