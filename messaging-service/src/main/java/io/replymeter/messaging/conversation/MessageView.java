package io.replymeter.messaging.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replymeter.events.MessageKind;
import io.replymeter.messaging.conversation.Message.Action;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message as its sender and recipient see it. */
record MessageView(
        UUID messageId,
        UUID conversationId,
        UUID senderId,

        @Schema(description = "the provider for whom a member of its team wrote it")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable UUID providerId,

        UUID recipientId,
        MessageKind kind,

        @Schema(description = "what was done, for an ACTION") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Action action,

        @Schema(description = "null once deleted, for imported messages, and for an ACTION") @Nullable String body,

        Instant sentAt,

        @Schema(
                description =
                        "1, 2, 3 … in the order of arrival in the conversation; a note has that of the message it follows")
        long sequence,

        @Schema(description = "only for a deleted message") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant deletedAt) {

    static MessageView of(Message message, UUID recipientId) {
        return new MessageView(
                message.id(),
                message.conversationId(),
                message.senderId(),
                message.providerId(),
                recipientId,
                message.kind(),
                message.action(),
                message.body(),
                message.sentAt(),
                message.sequence(),
                message.deletedAt());
    }
}
