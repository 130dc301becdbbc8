package io.replymeter.messaging.conversation;

import static io.replymeter.jdbc.TimeColumns.instant;
import static io.replymeter.jdbc.TimeColumns.instantOrNull;

import io.replymeter.jdbc.Pipeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** All conversations, and the position of the next message in each. */
public interface Conversations extends Repository<Conversation, UUID> {

    String TAKE = """
            UPDATE conversations
            SET last_sequence = last_sequence + 1,
                last_sent_at = greatest(clock_timestamp(), last_sent_at + interval '1 microsecond')
            WHERE deleted_at IS NULL
              AND id = (SELECT id FROM conversations
                        WHERE user_a = least(:one, :other) AND user_b = greatest(:one, :other) AND deleted_at IS NULL
                        ORDER BY last_sent_at DESC, id DESC
                        LIMIT 1)
            RETURNING *
            """;

    Optional<Conversation> findById(UUID id);

    /** At most {@code limit} conversations that {@code user} sees, last active before a place in the list, newest first. */
    @Query("""
            (SELECT * FROM conversations
             WHERE user_a = :user AND deleted_at IS NULL AND last_sequence > hidden_from_a
               AND (last_sent_at, id) < (:at, :id)
             ORDER BY last_sent_at DESC, id DESC LIMIT :limit)
            UNION ALL
            (SELECT * FROM conversations
             WHERE user_b = :user AND deleted_at IS NULL AND last_sequence > hidden_from_b
               AND (last_sent_at, id) < (:at, :id)
             ORDER BY last_sent_at DESC, id DESC LIMIT :limit)
            ORDER BY last_sent_at DESC, id DESC
            LIMIT :limit
            """)
    List<Conversation> page(UUID user, Instant at, UUID id, int limit);

    /**
     * Locks the next undeleted conversations of a user, with {@code other} or with anybody if that is null, in the order of
     * their ids.
     */
    @Query("""
            SELECT * FROM conversations
            WHERE :user IN (user_a, user_b) AND deleted_at IS NULL AND id > :after
              AND (CAST(:other AS uuid) IS NULL OR :other IN (user_a, user_b))
            ORDER BY id LIMIT :limit FOR UPDATE
            """)
    List<Conversation> lockNext(UUID user, @Nullable UUID other, UUID after, int limit);

    /** Locks the conversation until the transaction ends, so that its events keep the order of their transactions. */
    @Query("SELECT * FROM conversations WHERE id = :id FOR UPDATE")
    Optional<Conversation> lock(UUID id);

    /**
     * Takes the next position in the newest undeleted conversation of two users, and that conversation's row lock. Its
     * time is the database's, and later than that of every earlier message in the conversation. The list is empty if there
     * is no such conversation.
     */
    default List<Conversation> take(Pipeline pipeline, UUID one, UUID other) {
        return pipeline.query(TAKE, Map.of("one", one, "other", other), Conversations::conversation);
    }

    /** The same at once. */
    @Query(TAKE)
    Optional<Conversation> take(UUID one, UUID other);

    /** Takes the next position in this conversation, and its row lock, as {@link #take} does. None once it is deleted. */
    default List<Conversation> takeIn(Pipeline pipeline, UUID id) {
        return pipeline.query("""
                UPDATE conversations
                SET last_sequence = last_sequence + 1,
                    last_sent_at = greatest(clock_timestamp(), last_sent_at + interval '1 microsecond')
                WHERE id = :id AND deleted_at IS NULL
                RETURNING *
                """, Map.of("id", id), Conversations::conversation);
    }

    /**
     * Takes the conversation's row lock, and the position of a note: that of the last message, at the present time. The
     * conversation stays as it is, so that neither a gap in the numbers nor its place in a list tells of the note. None
     * once it is deleted.
     */
    default List<Conversation> lockForNote(Pipeline pipeline, UUID id) {
        return pipeline.query("""
                SELECT id, user_a, user_b, last_sequence,
                       greatest(clock_timestamp(), last_sent_at + interval '1 microsecond') AS last_sent_at,
                       hidden_from_a, hidden_from_b, deleted_at
                FROM conversations WHERE id = :id AND deleted_at IS NULL FOR UPDATE
                """, Map.of("id", id), Conversations::conversation);
    }

    /** Begins a conversation of two users, with the position of its first message. */
    @Query("""
            INSERT INTO conversations (id, user_a, user_b, last_sequence, last_sent_at)
            VALUES (:id, least(:one, :other), greatest(:one, :other), 1, clock_timestamp())
            RETURNING *
            """)
    Conversation begin(UUID id, UUID one, UUID other);

    /** Waits until no other transaction is beginning a conversation of these two, so that they begin only one. */
    @Query("""
            SELECT true FROM pg_advisory_xact_lock(
                hashtext('replymeter.new-conversation'), hashtext(least(:one, :other)::text || greatest(:one, :other)))
            """)
    boolean lockPair(UUID one, UUID other);

    /** Locks some undeleted conversations of a user, in the order of their ids. */
    @Query("""
            SELECT * FROM conversations
            WHERE deleted_at IS NULL AND id IN (
                (SELECT id FROM conversations WHERE user_a = :user AND deleted_at IS NULL LIMIT :limit)
                UNION ALL
                (SELECT id FROM conversations WHERE user_b = :user AND deleted_at IS NULL LIMIT :limit))
            ORDER BY id LIMIT :limit FOR UPDATE
            """)
    List<Conversation> lockSome(UUID user, int limit);

    /** Locks these conversations, in the order of their ids. */
    @Query("SELECT * FROM conversations WHERE id IN (:ids) ORDER BY id FOR UPDATE")
    List<Conversation> lockAll(Collection<UUID> ids);

    /** Deletes these conversations for good. */
    @Query("UPDATE conversations SET deleted_at = clock_timestamp() WHERE id IN (:ids) RETURNING *")
    List<Conversation> deleteAll(Collection<UUID> ids);

    /** Deletes the conversation for good. */
    @Query("UPDATE conversations SET deleted_at = clock_timestamp() WHERE id = :id RETURNING *")
    Conversation delete(UUID id);

    /** Hides from {@code user} what the conversation holds so far. */
    @Modifying
    @Query("""
            UPDATE conversations
            SET hidden_from_a = CASE WHEN user_a = :user THEN last_sequence ELSE hidden_from_a END,
                hidden_from_b = CASE WHEN user_b = :user THEN last_sequence ELSE hidden_from_b END
            WHERE id = :id
            """)
    void hide(UUID id, UUID user);

    private static Conversation conversation(ResultSet row, int number) throws SQLException {
        return new Conversation(
                row.getObject("id", UUID.class),
                row.getObject("user_a", UUID.class),
                row.getObject("user_b", UUID.class),
                row.getLong("last_sequence"),
                instant(row, "last_sent_at"),
                row.getLong("hidden_from_a"),
                row.getLong("hidden_from_b"),
                instantOrNull(row, "deleted_at"));
    }
}
