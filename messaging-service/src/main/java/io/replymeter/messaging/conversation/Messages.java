package io.replymeter.messaging.conversation;

import static java.time.ZoneOffset.UTC;

import io.replymeter.jdbc.Pipeline;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** All messages. */
public interface Messages extends Repository<Message, UUID> {

    Optional<Message> findById(UUID id);

    /**
     * At most {@code limit} of the messages that a conversation's participant sees, after the first {@code hidden}, older
     * than a place, newest first.
     */
    @Query("""
            SELECT * FROM messages
            WHERE conversation_id = :conversation AND sequence > :hidden AND (sent_at, id) < (:sentAt, :id)
              AND (kind <> 'NOTE' OR coalesce(provider_id, sender_id) = :participant)
            ORDER BY sent_at DESC, id DESC
            LIMIT :limit
            """)
    List<Message> page(UUID conversation, UUID participant, long hidden, Instant sentAt, UUID id, int limit);

    /** Adds a message. */
    default void add(Pipeline pipeline, Message message) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("id", message.id());
        columns.put("conversation", message.conversationId());
        columns.put("sequence", message.sequence());
        columns.put("sender", message.senderId());
        columns.put("provider", message.providerId());
        columns.put("kind", message.kind().name());
        columns.put("action", message.action() == null ? null : message.action().name());
        columns.put("body", message.body());
        columns.put("sentAt", message.sentAt().atOffset(UTC));
        pipeline.update("""
                INSERT INTO messages (id, conversation_id, sequence, sender_id, provider_id, kind, action, body, sent_at)
                VALUES (:id, :conversation, :sequence, :sender, :provider, :kind, :action, :body, :sentAt)
                """, columns);
    }

    /**
     * The client's latest question in each of {@code conversations} in which the last message that asks or answers is the
     * client's. Of messages with one time the client's comes first (rule 2), and a deleted answer is one still (rule 8).
     */
    @Query("""
            SELECT * FROM (
                SELECT DISTINCT ON (conversation_id) * FROM messages
                WHERE conversation_id IN (:conversations)
                  AND CASE WHEN sender_id = :client THEN kind = 'HUMAN' AND deleted_at IS NULL
                           ELSE kind IN ('HUMAN', 'ACTION') END
                ORDER BY conversation_id, sent_at DESC, sender_id = :client, id DESC) AS latest
            WHERE sender_id = :client
            """)
    List<Message> waiting(Collection<UUID> conversations, UUID client);

    /** Removes what a message says. Empty when it was removed before. */
    @Query("""
            UPDATE messages SET body = NULL, action = NULL, deleted_at = clock_timestamp()
            WHERE id = :id AND deleted_at IS NULL
            RETURNING *
            """)
    Optional<Message> markDeleted(UUID id);

    /** Some of what a member wrote for providers, as far as it says something. */
    @Query("""
            SELECT * FROM messages
            WHERE sender_id = :sender AND provider_id IS NOT NULL AND num_nonnulls(body, action) > 0
            LIMIT :limit
            """)
    List<Message> someWrittenForProviders(UUID sender, int limit);

    /** Removes what these messages say. Returns those of which it was not removed before. */
    @Query("""
            UPDATE messages SET body = NULL, action = NULL, deleted_at = coalesce(deleted_at, clock_timestamp())
            WHERE id IN (:ids) AND num_nonnulls(body, action) > 0
            RETURNING *
            """)
    List<Message> deleteAll(Collection<UUID> ids);

    /** Removes what at most {@code limit} messages of some conversations say. Returns of how many. */
    @Modifying
    @Query("""
            UPDATE messages SET body = NULL, action = NULL
            WHERE id IN (
                SELECT id FROM messages
                WHERE conversation_id IN (:conversations) AND num_nonnulls(body, action) > 0
                LIMIT :limit)
            """)
    int removeContents(Collection<UUID> conversations, int limit);

    /** Removes what all messages of a conversation say. */
    @Modifying
    @Query("""
            UPDATE messages SET body = NULL, action = NULL
            WHERE conversation_id = :conversation AND num_nonnulls(body, action) > 0
            """)
    void removeContents(UUID conversation);
}
