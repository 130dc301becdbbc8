package io.replymeter.benchmarks.facts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What one batch does to one conversation. */
final class Conversation {
    final UUID id;
    final List<Message> arrivals = new ArrayList<>(4);
    boolean stored;
    long oldestAt = Long.MAX_VALUE;
    List<ThreadState> threads = new ArrayList<>(1);
    List<Fact> facts = new ArrayList<>();

    private Conversation(UUID id) {
        this.id = id;
    }

    /** Sorted by id, so that every transaction locks and writes its rows in one order. */
    static Map<UUID, Conversation> of(List<Message> batch) {
        Map<UUID, Conversation> conversations = new HashMap<>(batch.size());
        for (Message message : batch) {
            conversations
                    .computeIfAbsent(message.conversationId(), Conversation::new)
                    .arrivals
                    .add(message);
        }
        return new TreeMap<>(conversations);
    }

    /** The arrivals as facts, in order and once each; threads seen for the first time get their number. */
    List<Fact> arrived() {
        List<Fact> arrived = new ArrayList<>(arrivals.size());
        for (Message message : arrivals) {
            arrived.add(new Fact(message, thread(message)));
            oldestAt = Math.min(oldestAt, message.sentAt());
        }
        if (arrived.size() > 1) {
            arrived.sort(Fact.ORDER);
            Set<UUID> seen = new HashSet<>();
            arrived.removeIf(fact -> !seen.add(fact.id()));
        }
        return arrived;
    }

    boolean continuedBy(Collection<Fact> arrived) {
        return arrived.stream().allMatch(fact -> threads.get(fact.thread()).isBefore(fact.sentAt(), fact.id()));
    }

    void foldOn(Collection<Fact> ordered) {
        for (Fact fact : ordered) {
            threads.set(fact.thread(), threads.get(fact.thread()).next(fact.sentAt(), fact.id(), fact.fromProvider()));
        }
    }

    void foldAll() {
        threads.replaceAll(ThreadState::unfolded);
        foldOn(facts);
    }

    /** Adds what is not yet among the facts. Returns what was added, or empty if everything was known. */
    List<Fact> merge(List<Fact> arrived) {
        Set<UUID> known = new HashSet<>(facts.size() * 2);
        facts.forEach(fact -> known.add(fact.id()));
        List<Fact> added =
                arrived.stream().filter(fact -> !known.contains(fact.id())).toList();
        boolean inOrder =
                facts.isEmpty() || added.isEmpty() || Fact.ORDER.compare(facts.get(facts.size() - 1), added.get(0)) < 0;
        facts.addAll(added);
        if (!inOrder) {
            facts.sort(Fact.ORDER);
        }
        return added;
    }

    private int thread(Message message) {
        for (int i = 0; i < threads.size(); i++) {
            ThreadState thread = threads.get(i);
            if (thread.clientId().equals(message.clientId())
                    && thread.providerId().equals(message.providerId())) {
                return i;
            }
        }
        threads.add(ThreadState.empty(message.clientId(), message.providerId()));
        return threads.size() - 1;
    }
}
