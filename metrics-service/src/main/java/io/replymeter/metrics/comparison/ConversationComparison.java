package io.replymeter.metrics.comparison;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.ConversationCodec;
import io.replymeter.measurement.ConversationCodec.Encoded;
import io.replymeter.measurement.Fact;
import io.replymeter.measurement.Micros;
import io.replymeter.metrics.comparison.Differences.RowDifference;
import io.replymeter.metrics.generation.Generation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares the facts. One generation may have been cleaned up to a later day than the other: a conversation that is
 * stored differently is compared as both would be after the next clean-up.
 */
final class ConversationComparison {

    static final String LAYER = "conversation";

    private static final String COUNT = "SELECT count(*) FROM conversation<rebuilt>";

    /** Rows are joined by a digest of theirs, which fits into memory sooner, and looked up where it differs. */
    private static final String DIFFERING = """
            SELECT differing.conversation_id,
                   live.deleted AS live_deleted, live.threads AS live_threads, live.facts AS live_facts,
                   live.deletions AS live_deletions, live.oldest_at AS live_oldest_at,
                   rebuilt.deleted AS rebuilt_deleted, rebuilt.threads AS rebuilt_threads,
                   rebuilt.facts AS rebuilt_facts, rebuilt.deletions AS rebuilt_deletions,
                   rebuilt.oldest_at AS rebuilt_oldest_at
            FROM (SELECT conversation_id
                  FROM (SELECT conversation_id,
                               hash_record_extended(ROW (deleted, threads, facts, deletions, oldest_at), 0) AS digest
                        FROM conversation<live>) AS live
                  FULL JOIN (SELECT conversation_id,
                                    hash_record_extended(ROW (deleted, threads, facts, deletions, oldest_at), 0) AS digest
                             FROM conversation<rebuilt>) AS rebuilt USING (conversation_id)
                  WHERE live.digest IS DISTINCT FROM rebuilt.digest
                  ORDER BY conversation_id) AS differing
            LEFT JOIN LATERAL (
                SELECT * FROM conversation<live> WHERE conversation_id = differing.conversation_id OFFSET 0) AS live ON true
            LEFT JOIN LATERAL (
                SELECT * FROM conversation<rebuilt> WHERE conversation_id = differing.conversation_id OFFSET 0) AS rebuilt
                ON true
            """;

    private static final Encoded NOTHING = new Encoded(new byte[0], new byte[0], new byte[0]);

    private final ComparedGenerations pair;
    private final Differences differences;

    ConversationComparison(ComparedGenerations pair, Differences differences) {
        this.pair = pair;
        this.differences = differences;
    }

    void run() throws SQLException {
        pair.read(COUNT, row -> differences.compared(LAYER, row.getLong(1)));
        pair.read(DIFFERING, this::compare);
    }

    private void compare(ResultSet row) throws SQLException {
        Stored live = stored(row, "live_", pair.live());
        Stored rebuilt = stored(row, "rebuilt_", pair.rebuilt());
        boolean beganBefore = pair.topicBeginning().isAfterFirstOf(live.conversation());
        String liveText = text(live, pair.live());
        String rebuiltText = text(rebuilt, pair.rebuilt());
        if (!liveText.equals(rebuiltText)) {
            UUID id = live.conversation().id();
            differences.add(new RowDifference(LAYER, "conversation " + id, liveText, rebuiltText, beganBefore));
        }
    }

    /** @param isIndexed whether the clean-up would find it in time */
    private record Stored(Conversation conversation, boolean isIndexed) {}

    private static Stored stored(ResultSet row, String prefix, Generation generation) throws SQLException {
        UUID id = row.getObject("conversation_id", UUID.class);
        byte @Nullable [] facts = row.getBytes(prefix + "facts");
        if (facts == null) {
            return new Stored(ConversationCodec.decode(id, false, NOTHING), true);
        }
        Encoded encoded = new Encoded(row.getBytes(prefix + "threads"), facts, row.getBytes(prefix + "deletions"));
        Conversation conversation = ConversationCodec.decode(id, row.getBoolean(prefix + "deleted"), encoded);
        Long oldestAt = row.getObject(prefix + "oldest_at", Long.class);
        OptionalLong expected = conversation.oldestAt(generation.ruleset());
        return new Stored(
                conversation, oldestAt == null ? expected.isEmpty() : expected.equals(OptionalLong.of(oldestAt)));
    }

    /** What will be left of it after the next clean-up, in words that differ if anything does. */
    private String text(Stored stored, Generation generation) {
        Conversation conversation = stored.conversation();
        conversation.forgetBefore(pair.limit(), generation.ruleset());
        String index = stored.isIndexed() ? "" : ", oldest_at wrong";
        if (conversation.isDeleted()) {
            return "deleted" + index;
        }
        List<Fact> facts = conversation.facts();
        // What other rules leave in the checkpoints cannot be compared.
        if (pair.haveTheSameRules() ? conversation.isEmpty() : facts.isEmpty()) {
            return "missing" + index;
        }
        String latest = facts.isEmpty()
                ? ""
                : ", the latest of "
                        + Micros.instant(facts.get(facts.size() - 1).sentAt());
        return facts.size() + " messages" + latest + ", checksum " + checksum(conversation) + index;
    }

    private String checksum(Conversation conversation) {
        if (!pair.haveTheSameRules()) {
            return Integer.toHexString(conversation.facts().hashCode());
        }
        Encoded encoded = ConversationCodec.encode(conversation);
        int checksum = Arrays.hashCode(new int[] {
            Arrays.hashCode(encoded.threads()), Arrays.hashCode(encoded.facts()), Arrays.hashCode(encoded.deletions())
        });
        return Integer.toHexString(checksum);
    }
}
