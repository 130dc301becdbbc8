package io.replymeter.metrics.ingest;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.ConversationCodec;
import io.replymeter.measurement.ConversationCodec.Encoded;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.DerivedRows;
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

/** The facts, a row a conversation. Thread-safe; what is locked stays so until the caller's transaction ends. */
@Repository
public class Conversations {

    private static final String LOCK = """
            SELECT conversation_id, deleted, threads, facts, deletions FROM conversation
            WHERE generation = ? AND conversation_id = ANY (?)
            ORDER BY conversation_id
            FOR UPDATE
            """;
    private static final String COLUMNS =
            "conversation (generation, conversation_id, deleted, threads, facts, deletions, oldest_at)";
    /** Of rows that are locked: a join to update them could be planned badly, a key cannot. */
    private static final String UPDATE = """
            INSERT INTO %s
            SELECT ?, * FROM unnest(?::uuid[], ?::boolean[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bigint[])
            ON CONFLICT (conversation_id, generation) DO UPDATE
            SET deleted = excluded.deleted, threads = excluded.threads, facts = excluded.facts,
                deletions = excluded.deletions, oldest_at = excluded.oldest_at
            """.formatted(COLUMNS);

    /** By UTC day, as it is indexed. */
    private static final String LOCK_OLDER_THAN = """
            SELECT conversation_id, deleted, threads, facts, deletions FROM conversation
            WHERE generation = ? AND conversation_id = ANY (ARRAY (
                SELECT conversation_id FROM conversation WHERE generation = ? AND oldest_at / 86400000000 < ?
                ORDER BY oldest_at / 86400000000 LIMIT ?))
            ORDER BY conversation_id
            FOR UPDATE
            """;

    private static final String DELETE = "DELETE FROM conversation WHERE generation = ? AND conversation_id = ANY (?)";

    private final JdbcClient jdbc;
    private final NewRows newRows;

    Conversations(JdbcClient jdbc, NewRows newRows) {
        this.jdbc = jdbc;
        this.newRows = newRows;
    }

    /** Those of {@code ids} that are known, locked in one order, whichever partition a record of theirs came through. */
    Map<UUID, Conversation> lock(int generation, Collection<UUID> ids) {
        return jdbc
                .sql(LOCK)
                .param(generation)
                .param(Columns.uuids(ids, id -> id))
                .query((row, number) -> DerivedRows.conversation(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Conversation::id, Function.identity()));
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another batch was faster: this one must be retried */
    void insert(int generation, List<Conversation> conversations, Ruleset ruleset) {
        newRows.add(COLUMNS, 7, conversations, (row, conversation) -> {
            Encoded encoded = ConversationCodec.encode(conversation);
            row.smallint(generation)
                    .uuid(conversation.id())
                    .bool(conversation.isDeleted())
                    .bytes(encoded.threads())
                    .bytes(encoded.facts())
                    .bytes(encoded.deletions())
                    .bigint(oldestAt(conversation, ruleset));
        });
    }

    /** Writes back conversations that are locked. */
    public void update(int generation, List<Conversation> conversations, Ruleset ruleset) {
        if (conversations.isEmpty()) {
            return;
        }
        List<Encoded> encoded =
                conversations.stream().map(ConversationCodec::encode).toList();
        jdbc.sql(UPDATE)
                .param(generation)
                .param(Columns.uuids(conversations, Conversation::id))
                .param(Columns.booleans(conversations, Conversation::isDeleted))
                .param(Columns.bytes(encoded, Encoded::threads))
                .param(Columns.bytes(encoded, Encoded::facts))
                .param(Columns.bytes(encoded, Encoded::deletions))
                .param(Columns.longs(conversations, conversation -> oldestAt(conversation, ruleset)))
                .update();
    }

    /** At most {@code most} of those that hold something from before the UTC day {@code firstDay}. */
    public List<Conversation> lockOlderThan(int generation, LocalDate firstDay, int most) {
        return jdbc.sql(LOCK_OLDER_THAN)
                .params(generation, generation, firstDay.toEpochDay(), most)
                .query((row, number) -> DerivedRows.conversation(row))
                .list();
    }

    /** Removes conversations that are locked. */
    public void delete(int generation, List<Conversation> conversations) {
        if (!conversations.isEmpty()) {
            jdbc.sql(DELETE)
                    .params(generation, Columns.uuids(conversations, Conversation::id))
                    .update();
        }
    }

    private static @Nullable Long oldestAt(Conversation conversation, Ruleset ruleset) {
        var oldest = conversation.oldestAt(ruleset);
        return oldest.isPresent() ? oldest.getAsLong() : null;
    }
}
