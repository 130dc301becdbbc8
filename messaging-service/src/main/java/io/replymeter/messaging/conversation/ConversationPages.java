package io.replymeter.messaging.conversation;

import io.replymeter.messaging.user.UserRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** A user's list of conversations, newest activity first. */
@Repository
class ConversationPages {

    private static final String CONVERSATIONS = """
            SELECT mine.id, mine.last_sent_at, other.id AS other_id, other.display_name, other.role
            FROM (
                (SELECT id, last_sent_at, user_b AS other_id FROM conversations
                 WHERE user_a = :user AND deleted_at IS NULL AND last_sequence > hidden_from_a
                   AND (last_sent_at, id) < (:at, :id)
                 ORDER BY last_sent_at DESC, id DESC LIMIT :limit)
                UNION ALL
                (SELECT id, last_sent_at, user_a FROM conversations
                 WHERE user_b = :user AND deleted_at IS NULL AND last_sequence > hidden_from_b
                   AND (last_sent_at, id) < (:at, :id)
                 ORDER BY last_sent_at DESC, id DESC LIMIT :limit)
            ) AS mine
            JOIN users AS other ON other.id = mine.other_id
            ORDER BY mine.last_sent_at DESC, mine.id DESC
            LIMIT :limit
            """;

    /** The other user of a conversation. */
    record Other(UUID userId, UserRole role, String displayName) {}

    /** One entry of the list. */
    record Entry(UUID conversationId, Other with, Instant lastSentAt) {}

    private final JdbcClient jdbc;

    ConversationPages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** At most {@code limit} conversations of {@code user} that lie behind {@code cursor}. */
    List<Entry> conversations(UUID user, Cursor cursor, int limit) {
        return jdbc.sql(CONVERSATIONS)
                .param("user", user)
                .param("at", cursor.at().atOffset(ZoneOffset.UTC))
                .param("id", cursor.id())
                .param("limit", limit)
                .query(ConversationPages::entry)
                .list();
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getObject("id", UUID.class),
                new Other(
                        row.getObject("other_id", UUID.class),
                        UserRole.valueOf(row.getString("role")),
                        row.getString("display_name")),
                row.getObject("last_sent_at", OffsetDateTime.class).toInstant());
    }
}
