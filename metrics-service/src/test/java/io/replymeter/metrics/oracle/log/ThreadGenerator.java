package io.replymeter.metrics.oracle.log;

import static java.util.Comparator.comparing;

import io.replymeter.events.Role;
import io.replymeter.metrics.oracle.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Logs that try to break the measurement: up to 60 days of conversations, group chats among them, with bursts, times on
 * and beside every limit, duplicates, contradicting copies, deletions, excuses, deferred clocks, teams, late and
 * misplaced records. The same seed and
 * {@code now} give the same log.
 *
 * <p>It asks for nothing that retention makes impossible: a copy that contradicts a message comes before the message may
 * be forgotten (31 days after its earliest stamp), and no message is stamped more than 5 minutes after its deletion.
 */
public final class ThreadGenerator {

    private static final int PARTITIONS = 12;

    private final Chance chance;
    private final GeneratedTimes times;

    public ThreadGenerator(long seed, Instant now) {
        chance = new Chance(seed);
        times = new GeneratedTimes(chance, now);
    }

    /** A log of {@code conversations} with 1 to 3 threads each, in the order of append times, none of them after now. */
    public List<LogRecord> log(int conversations) {
        List<Party> clients = parties(Role.CLIENT, 2 + conversations / 3);
        List<Party> providers = parties(Role.PROVIDER, 1 + conversations / 8);
        providers.add(new Party(clients.get(0).id(), Role.PROVIDER));
        List<LogRecord> log = new ArrayList<>();
        List<UUID> messageIds = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
            GeneratedConversation conversation =
                    new GeneratedConversation(chance, times, pairs(clients, providers), List.copyOf(messageIds));
            conversation.log().forEach(record -> log.add(record.in(partition(record))));
            messageIds.addAll(conversation.messageIds());
        }
        log.sort(comparing(LogRecord::appendedAt));
        return log;
    }

    private List<Party> parties(Role role, int count) {
        return new ArrayList<>(
                Stream.generate(() -> new Party(chance.id(), role)).limit(count).toList());
    }

    private List<GeneratedConversation.Pair> pairs(List<Party> clients, List<Party> providers) {
        List<GeneratedConversation.Pair> pairs = new ArrayList<>();
        int wanted = chance.percent(60) ? 1 : chance.between(2, 3);
        while (pairs.size() < wanted) {
            Party client = chance.oneOf(clients);
            Party provider = chance.oneOf(providers);
            if (!client.id().equals(provider.id())) {
                pairs.add(new GeneratedConversation.Pair(client, provider));
            }
        }
        return pairs;
    }

    /** The conversation's own; any one for one record in fifty, as if it had been sent with a wrong key. */
    private int partition(LogRecord record) {
        return chance.oneIn(50)
                ? chance.between(0, PARTITIONS - 1)
                : Math.floorMod(record.event().conversationId().hashCode(), PARTITIONS);
    }
}
