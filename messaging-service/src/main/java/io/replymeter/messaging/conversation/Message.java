package io.replymeter.messaging.conversation;

import io.replymeter.events.MessageKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * One message of a conversation.
 *
 * @param sequence the position in the conversation in commit order, from 1
 * @param body null once deleted, and for imported messages
 */
@Table("messages")
record Message(
        @Id UUID id,
        UUID conversationId,
        long sequence,
        UUID senderId,
        MessageKind kind,
        @Nullable String body,
        Instant sentAt,
        @Nullable Instant deletedAt) {}
