package io.replymeter.metrics.comparison;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.ConversationCodec;
import io.replymeter.measurement.ConversationCodec.Encoded;
import io.replymeter.measurement.Fact;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.comparison.Differences.RowDifference;
import io.replymeter.metrics.tables.Conversations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Compares the facts. One generation may have been cleaned up to a later day than the other: a conversation that is
 * stored differently is compared as both would be after the next clean-up.
 */
final class ConversationComparison {

    static final String LAYER = "conversation";

    private static final String COUNT = "SELECT count(*) FROM conversation<rebuilt>";

    /** Rows are joined by their digests, which fit into memory sooner; those that differ are looked up. */
    private static final String DIFFERING = """
            SELECT differing.conversation_id,
                   live.deleted AS live_deleted, live.threads AS live_threads, live.facts AS live_facts,
                   live.deletions AS live_deletions, live.oldest_at AS live_oldest_at, live.extras AS live_extras,
                   rebuilt.deleted AS rebuilt_deleted, rebuilt.threads AS rebuilt_threads,
                   rebuilt.facts AS rebuilt_facts, rebuilt.deletions AS rebuilt_deletions,
                   rebuilt.oldest_at AS rebuilt_oldest_at, rebuilt.extras AS rebuilt_extras
            FROM (SELECT conversation_id
                  FROM (SELECT conversation_id,
                               hash_record_extended(ROW (deleted, threads, facts, deletions, oldest_at, extras), 0) AS digest
                        FROM conversation<live>) AS live
                  FULL JOIN (SELECT conversation_id,
                                    hash_record_extended(ROW (deleted, threads, facts, deletions, oldest_at, extras), 0) AS digest
                             FROM conversation<rebuilt>) AS rebuilt USING (conversation_id)
                  WHERE live.digest IS DISTINCT FROM rebuilt.digest
                  ORDER BY conversation_id) AS differing
            LEFT JOIN LATERAL (
                SELECT * FROM conversation<live> WHERE conversation_id = differing.conversation_id OFFSET 0) AS live ON true
            LEFT JOIN LATERAL (
                SELECT * FROM conversation<rebuilt> WHERE conversation_id = differing.conversation_id OFFSET 0) AS rebuilt
                ON true
            """;

    private final ComparedTables tables;
    private final Differences differences;

    ConversationComparison(ComparedTables tables, Differences differences) {
        this.tables = tables;
        this.differences = differences;
    }

    void run() {
        differences.compared(LAYER, tables.sql(COUNT).query(Long.class).single());
        tables.sql(DIFFERING).query(this::compare);
    }

    private void compare(ResultSet row) throws SQLException {
        UUID id = row.getObject("conversation_id", UUID.class);
        Conversation live = conversation(row, "live_", id);
        boolean beganBefore = tables.topicBeginning().isAfterFirstOf(live);
        String liveText = text(row, "live_", live, tables.live().ruleset());
        String rebuiltText = text(
                row,
                "rebuilt_",
                conversation(row, "rebuilt_", id),
                tables.rebuilt().ruleset());
        if (!liveText.equals(rebuiltText)) {
            differences.add(new RowDifference(LAYER, "conversation " + id, liveText, rebuiltText, beganBefore));
        }
    }

    private static Conversation conversation(ResultSet row, String prefix, UUID id) throws SQLException {
        return row.getBytes(prefix + "facts") == null ? new Conversation(id) : Conversations.conversation(row, prefix);
    }

    /** What will be left of {@code conversation} after the next clean-up, in words that differ if anything does. */
    private String text(ResultSet row, String prefix, Conversation conversation, Ruleset ruleset) throws SQLException {
        String index = isIndexed(row, prefix, conversation, ruleset) ? "" : ", oldest_at wrong";
        conversation.forgetBefore(Micros.startOf(tables.since()), ruleset);
        if (conversation.isDeleted()) {
            return "deleted" + index;
        }
        // What other rules leave of old messages cannot be compared.
        List<Fact> facts = conversation.facts().stream()
                .filter(fact -> tables.haveTheSameRules() || fact.sentAt() >= Micros.startOf(tables.since()))
                .toList();
        if (tables.haveTheSameRules() ? conversation.isEmpty() : facts.isEmpty()) {
            return "missing" + index;
        }
        String latest = facts.isEmpty()
                ? ""
                : ", the latest of "
                        + Micros.instant(facts.get(facts.size() - 1).sentAt());
        return facts.size() + " messages" + latest + ", checksum " + checksum(conversation, facts) + index;
    }

    /** Whether the clean-up would find the row in time. */
    private static boolean isIndexed(ResultSet row, String prefix, Conversation conversation, Ruleset ruleset)
            throws SQLException {
        Long oldestAt = row.getObject(prefix + "oldest_at", Long.class);
        return conversation
                .oldestAt(ruleset)
                .equals(oldestAt == null ? OptionalLong.empty() : OptionalLong.of(oldestAt));
    }

    private String checksum(Conversation conversation, List<Fact> facts) {
        if (!tables.haveTheSameRules()) {
            return Integer.toHexString(facts.hashCode());
        }
        Encoded encoded = ConversationCodec.encode(conversation);
        int checksum = Arrays.hashCode(new int[] {
            Arrays.hashCode(encoded.threads()),
            Arrays.hashCode(encoded.facts()),
            Arrays.hashCode(encoded.deletions()),
            Arrays.hashCode(encoded.extras())
        });
        return Integer.toHexString(checksum);
    }
}
