package io.replymeter.measurement;

import io.replymeter.measurement.Fact.ThreadKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one conversation: its facts in order, its deletions and excuses, and the checkpoint of each thread. Neither its
 * content nor the inquiries it derives depend on the order in which events arrived. Not thread-safe.
 */
public final class Conversation {

    /** The most messages that are kept at a time, which takes 2.6 MB. */
    public static final int MOST_MESSAGES = 100_000;

    public static final int MOST_THREADS = ConversationCodec.MAXIMUM_THREADS;

    /** The most deletions of messages and excuses that are kept at a time, both together. */
    public static final int MOST_AMENDMENTS = Amendments.MOST;

    /** What happened to a message, a deletion or an excuse that was added. */
    public enum Added {
        NEW,
        /** A copy of a message already known, equal in all that counts; an excuse that says nothing new. */
        DUPLICATE,
        /** A differing copy; the preferred one is kept (rule 2). */
        CONFLICT,
        /** The conversation was deleted, for good (rule 8). */
        CONVERSATION_DELETED,
        /** The conversation takes no more: nothing was added. */
        FULL
    }

    private final UUID id;
    private final Map<ThreadKey, Checkpoint> checkpoints;
    private final List<Fact> facts;
    private final Amendments amendments;

    private boolean deleted;
    /** Known only while there may be too many. */
    private @Nullable Set<ThreadKey> threads;

    /** A conversation without any message yet. */
    public Conversation(UUID id) {
        this(id, false, new LinkedHashMap<>(), new ArrayList<>(), new Amendments());
    }

    Conversation(
            UUID id, boolean deleted, Map<ThreadKey, Checkpoint> checkpoints, List<Fact> facts, Amendments amendments) {
        this.id = id;
        this.deleted = deleted;
        this.checkpoints = checkpoints;
        this.facts = facts;
        this.amendments = amendments;
    }

    public UUID id() {
        return id;
    }

    public boolean isDeleted() {
        return deleted;
    }

    /** Whether it holds nothing that a later event would need. */
    public boolean isEmpty() {
        return !deleted && checkpoints.isEmpty() && facts.isEmpty() && amendments.isEmpty();
    }

    Map<ThreadKey, Checkpoint> checkpoints() {
        return Collections.unmodifiableMap(checkpoints);
    }

    /** The messages that are kept, in order; not to be changed. */
    public List<Fact> facts() {
        return Collections.unmodifiableList(facts);
    }

    Amendments amendments() {
        return amendments;
    }

    /** Adds a message once, at its place in the order (rule 2). */
    public Added add(Fact message) {
        if (deleted) {
            return Added.CONVERSATION_DELETED;
        }
        int known = indexOf(message);
        if (known < 0) {
            if (!hasRoomFor(message)) {
                return Added.FULL;
            }
            insert(message);
            return Added.NEW;
        }
        if (facts.get(known).equals(message)) {
            return Added.DUPLICATE;
        }
        if (Fact.PREFERRED_COPY.compare(message, facts.get(known)) < 0) {
            facts.remove(known);
            insert(message);
        }
        return Added.CONFLICT;
    }

    /** Notes that a message was deleted, whether it has arrived already or not. */
    public Added deleteMessage(UUID messageId, long appendedAt) {
        return deleted ? Added.CONVERSATION_DELETED : amendments.delete(messageId, appendedAt);
    }

    /** Notes an excuse of a message's inquiry, whether the message has arrived already or not. */
    public Added excuse(UUID messageId, Excuse excuse, long appendedAt) {
        return deleted
                ? Added.CONVERSATION_DELETED
                : amendments.excuse(messageId, new Excuse.Appended(excuse, appendedAt));
    }

    /** Deletes the whole conversation, for good (rule 8). */
    public void delete() {
        deleted = true;
        checkpoints.clear();
        facts.clear();
        amendments.clear();
        threads = null;
    }

    /** The inquiries that the facts open, by thread, in order (rules 3 to 5 and 8). */
    public List<Inquiry> inquiries(Ruleset ruleset) {
        List<Inquiry> inquiries = new ArrayList<>();
        fold(ruleset, facts, inquiries);
        return inquiries;
    }

    /**
     * Folds the messages that can be forgotten before {@code limit} into the checkpoints and deletes them. No inquiry that
     * opens from then on changes.
     *
     * @param limit in {@link Micros}; no message stamped before it is added afterwards
     */
    public void forgetBefore(long limit, Ruleset ruleset) {
        Map<UUID, Long> neededUntil = amendments.messagesNeededUntil(facts, ruleset);
        List<Fact> old = facts.subList(0, firstNeededAt(limit, ruleset));
        fold(ruleset, old, new ArrayList<>()).forEach((thread, fold) -> checkpoints.put(thread, fold.checkpoint()));
        old.clear();
        amendments.forgetBefore(limit, neededUntil);
        checkpoints
                .values()
                .removeIf(checkpoint -> checkpoint.isEmpty()
                        || checkpoint.endsAt(ruleset) < limit && !isNeededByMessages(checkpoint, ruleset));
        threads = null;
    }

    /**
     * The largest limit in {@link Micros} for which {@link #forgetBefore} changes nothing; empty if no limit changes
     * anything.
     */
    public OptionalLong oldestAt(Ruleset ruleset) {
        long oldest = amendments.oldestAt(facts, ruleset);
        if (!facts.isEmpty()) {
            oldest = Math.min(oldest, facts.get(0).clockStart(ruleset));
        }
        for (Checkpoint checkpoint : checkpoints.values()) {
            if (!isNeededByMessages(checkpoint, ruleset)) {
                oldest = Math.min(oldest, checkpoint.endsAt(ruleset));
            }
        }
        return oldest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(oldest);
    }

    /** When the earliest known message was sent, in {@link Micros}; empty if there is none. */
    public OptionalLong firstMessageAt() {
        LongStream kept = facts.stream().limit(1).mapToLong(Fact::sentAt);
        LongStream forgotten = checkpoints.values().stream().mapToLong(Checkpoint::lastMessageAt);
        return LongStream.concat(kept, forgotten).min();
    }

    private Map<ThreadKey, ThreadFold> fold(Ruleset ruleset, List<Fact> messages, List<Inquiry> inquiries) {
        Map<ThreadKey, ThreadFold> folds = new LinkedHashMap<>();
        for (Fact message : messages) {
            if (amendments.isDeleted(message, ruleset)) {
                continue;
            }
            folds.computeIfAbsent(
                            message.thread(),
                            thread -> new ThreadFold(
                                    id, checkpoints.getOrDefault(thread, Checkpoint.EMPTY), ruleset, inquiries))
                    .add(message, amendments.excusesOf(message, ruleset));
        }
        return folds;
    }

    /** A message that is still kept, because one before it is needed, may lie close enough to be folded from the checkpoint. */
    private boolean isNeededByMessages(Checkpoint checkpoint, Ruleset ruleset) {
        return !facts.isEmpty() && facts.get(0).sentAt() <= checkpoint.endsAt(ruleset);
    }

    private boolean hasRoomFor(Fact message) {
        if (facts.size() + checkpoints.size() < MOST_THREADS) {
            return true;
        }
        if (threads == null) {
            Set<ThreadKey> known = new HashSet<>(checkpoints.keySet());
            facts.forEach(fact -> known.add(fact.thread()));
            threads = known;
        }
        ThreadKey thread = message.thread();
        return facts.size() < MOST_MESSAGES
                && (threads.contains(thread) || threads.size() < MOST_THREADS && threads.add(thread));
    }

    private int indexOf(Fact message) {
        for (int i = facts.size() - 1; i >= 0; i--) {
            Fact fact = facts.get(i);
            if (fact.messageId().equals(message.messageId()) && fact.isOfSameThread(message)) {
                return i;
            }
        }
        return -1;
    }

    /** The place is almost always at the end, since messages arrive in order. */
    private void insert(Fact message) {
        int at = facts.size();
        while (at > 0 && Fact.IN_ORDER.compare(facts.get(at - 1), message) > 0) {
            at--;
        }
        facts.add(at, message);
    }

    private int firstNeededAt(long limit, Ruleset ruleset) {
        int at = 0;
        while (at < facts.size() && facts.get(at).clockStart(ruleset) < limit) {
            at++;
        }
        return at;
    }
}
