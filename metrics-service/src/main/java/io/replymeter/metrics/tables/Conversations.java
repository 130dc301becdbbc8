package io.replymeter.metrics.tables;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.ConversationCodec;
import io.replymeter.measurement.ConversationCodec.Encoded;
import io.replymeter.measurement.Ruleset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The facts of each conversation, one row per conversation: the table conversation. Thread-safe. */
@Repository
public class Conversations {

    private static final String LOCK = """
            SELECT conversation_id, deleted, threads, facts, deletions, extras FROM conversation
            WHERE generation = :generation AND conversation_id = ANY (:ids)
            ORDER BY conversation_id
            FOR UPDATE
            """;
    private static final String COLUMNS =
            "conversation (generation, conversation_id, deleted, threads, facts, deletions, oldest_at, extras)";
    /** An upsert of rows that exist: PostgreSQL could plan an update's join badly, but not a look-up by key. */
    private static final String UPDATE = """
            INSERT INTO %s
            SELECT :generation, * FROM unnest(:ids::uuid[], :deleted::boolean[], :threads::bytea[], :facts::bytea[],
                                              :deletions::bytea[], :oldestAt::bigint[], :extras::bytea[])
            ON CONFLICT (conversation_id, generation) DO UPDATE
            SET deleted = excluded.deleted, threads = excluded.threads, facts = excluded.facts,
                deletions = excluded.deletions, oldest_at = excluded.oldest_at, extras = excluded.extras
            """.formatted(COLUMNS);

    /** Finds rows by their oldest UTC day, as they are indexed. */
    private static final String LOCK_OLDER_THAN = """
            SELECT conversation_id, deleted, threads, facts, deletions, extras FROM conversation
            WHERE generation = :generation AND conversation_id = ANY (ARRAY (
                SELECT conversation_id FROM conversation
                WHERE generation = :generation AND oldest_at / 86400000000 < :firstDay
                ORDER BY oldest_at / 86400000000 LIMIT :limit))
            ORDER BY conversation_id
            FOR UPDATE
            """;

    private static final String DELETE =
            "DELETE FROM conversation WHERE generation = :generation AND conversation_id = ANY (:ids)";

    /** A thread has 56 bytes; the 16 of its provider come after the 16 of its client. */
    private static final String PROVIDERS = """
            SELECT DISTINCT conversation_id, encode(substring(threads FROM thread * 56 + 17 FOR 16), 'hex')::uuid AS provider_id
            FROM conversation, generate_series(0, length(threads) / 56 - 1) AS thread
            WHERE generation = :generation AND conversation_id = ANY (:ids)
            """;

    private final JdbcClient jdbc;
    private final BulkInsert bulkInsert;

    Conversations(JdbcClient jdbc, BulkInsert bulkInsert) {
        this.jdbc = jdbc;
        this.bulkInsert = bulkInsert;
    }

    /** A row with the columns conversation_id, deleted, threads, facts, deletions and extras. */
    public static Conversation conversation(ResultSet row) throws SQLException {
        return conversation(row, "");
    }

    /** The same with {@code prefix} before the names of all columns but conversation_id. */
    public static Conversation conversation(ResultSet row, String prefix) throws SQLException {
        return ConversationCodec.decode(
                row.getObject("conversation_id", UUID.class),
                row.getBoolean(prefix + "deleted"),
                new Encoded(
                        row.getBytes(prefix + "threads"),
                        row.getBytes(prefix + "facts"),
                        row.getBytes(prefix + "deletions"),
                        row.getBytes(prefix + "extras")));
    }

    /** Locks those of {@code ids} that exist, in the order of their ids, until the caller's transaction ends. */
    public Map<UUID, Conversation> lock(int generation, Collection<UUID> ids) {
        return jdbc
                .sql(LOCK)
                .param("generation", generation)
                .param("ids", ArrayParameters.uuids(ids, id -> id))
                .query((row, number) -> conversation(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Conversation::id, Function.identity()));
    }

    /** The providers of those conversations among {@code ids} that exist. */
    public Map<UUID, List<UUID>> providers(int generation, Collection<UUID> ids) {
        return jdbc
                .sql(PROVIDERS)
                .param("generation", generation)
                .param("ids", ArrayParameters.uuids(ids, id -> id))
                .query((row, number) -> Map.entry(
                        row.getObject("conversation_id", UUID.class), row.getObject("provider_id", UUID.class)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another batch inserted one first: retry this batch */
    public void insert(int generation, List<Conversation> conversations, Ruleset ruleset) {
        bulkInsert.add(COLUMNS, 8, conversations, (row, conversation) -> {
            Encoded encoded = ConversationCodec.encode(conversation);
            row.smallint(generation)
                    .uuid(conversation.id())
                    .bool(conversation.isDeleted())
                    .bytes(encoded.threads())
                    .bytes(encoded.facts())
                    .bytes(encoded.deletions())
                    .bigint(oldestAt(conversation, ruleset))
                    .bytes(encoded.extras());
        });
    }

    /** Writes back conversations that the caller has locked. */
    public void update(int generation, List<Conversation> conversations, Ruleset ruleset) {
        if (conversations.isEmpty()) {
            return;
        }
        List<Encoded> encoded =
                conversations.stream().map(ConversationCodec::encode).toList();
        jdbc.sql(UPDATE)
                .param("generation", generation)
                .param("ids", ArrayParameters.uuids(conversations, Conversation::id))
                .param("deleted", ArrayParameters.booleans(conversations, Conversation::isDeleted))
                .param("threads", ArrayParameters.bytes(encoded, Encoded::threads))
                .param("facts", ArrayParameters.bytes(encoded, Encoded::facts))
                .param("deletions", ArrayParameters.bytes(encoded, Encoded::deletions))
                .param("extras", ArrayParameters.bytes(encoded, Encoded::extras))
                .param("oldestAt", ArrayParameters.longs(conversations, one -> oldestAt(one, ruleset)))
                .update();
    }

    /** Locks at most {@code limit} conversations that hold something from before the UTC day {@code firstDay}. */
    public List<Conversation> lockOlderThan(int generation, LocalDate firstDay, int limit) {
        return jdbc.sql(LOCK_OLDER_THAN)
                .param("generation", generation)
                .param("firstDay", firstDay.toEpochDay())
                .param("limit", limit)
                .query((row, number) -> conversation(row))
                .list();
    }

    /** Deletes conversations that the caller has locked. */
    public void delete(int generation, List<Conversation> conversations) {
        if (!conversations.isEmpty()) {
            jdbc.sql(DELETE)
                    .param("generation", generation)
                    .param("ids", ArrayParameters.uuids(conversations, Conversation::id))
                    .update();
        }
    }

    private static @Nullable Long oldestAt(Conversation conversation, Ruleset ruleset) {
        var oldest = conversation.oldestAt(ruleset);
        return oldest.isPresent() ? oldest.getAsLong() : null;
    }
}
