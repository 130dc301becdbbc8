package io.replymeter.messaging.conversation;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** All conversations, and the place the next message takes in one. */
interface Conversations extends Repository<Conversation, UUID> {

    Optional<Conversation> findById(UUID id);

    /** The same, locked until the transaction ends, so that its events come in this order. */
    @Query("SELECT * FROM conversations WHERE id = :id FOR UPDATE")
    Optional<Conversation> lock(UUID id);

    /**
     * Takes the next place in the newest undeleted conversation of two users, and its row lock. The place's time is the
     * database's, and later than every other's in the conversation.
     */
    @Query("""
            UPDATE conversations
            SET last_sequence = last_sequence + 1,
                last_sent_at = greatest(clock_timestamp(), last_sent_at + interval '1 microsecond')
            WHERE deleted_at IS NULL
              AND id = (SELECT id FROM conversations
                        WHERE user_a = least(:one, :other) AND user_b = greatest(:one, :other) AND deleted_at IS NULL
                        ORDER BY last_sent_at DESC, id DESC
                        LIMIT 1)
            RETURNING *
            """)
    Optional<Conversation> take(UUID one, UUID other);

    /** The first place in a new conversation of two users. */
    @Query("""
            INSERT INTO conversations (id, user_a, user_b, last_sequence, last_sent_at)
            VALUES (:id, least(:one, :other), greatest(:one, :other), 1, clock_timestamp())
            RETURNING *
            """)
    Conversation begin(UUID id, UUID one, UUID other);

    /** Waits until nobody else is beginning a conversation of these two, so that they begin only one. */
    @Query("""
            SELECT true FROM pg_advisory_xact_lock(hashtextextended(least(:one, :other)::text || greatest(:one, :other), 0))
            """)
    boolean lockPair(UUID one, UUID other);

    /** Deletes it for good. */
    @Query("UPDATE conversations SET deleted_at = clock_timestamp() WHERE id = :id RETURNING *")
    Conversation delete(UUID id);

    /** Puts away what {@code user} sees of it so far. */
    @Modifying
    @Query("""
            UPDATE conversations
            SET hidden_from_a = CASE WHEN user_a = :user THEN last_sequence ELSE hidden_from_a END,
                hidden_from_b = CASE WHEN user_b = :user THEN last_sequence ELSE hidden_from_b END
            WHERE id = :id
            """)
    void hide(UUID id, UUID user);
}
