package io.replymeter.messaging.conversation;

import io.replymeter.events.InquiryExcused;
import io.replymeter.events.MessageKind;
import io.replymeter.messaging.user.UserRole;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message from a log: a client and a provider exchanged it elsewhere.
 *
 * @param providerId who wrote it or was written to
 * @param sentAt in whole microseconds
 * @param answeringFor the account whose conversation it is, such as a team; null if it is the provider's own
 * @param answerableFrom the first moment at which a client's message can fairly be answered; null if that is {@code sentAt}
 * @param excuse why a client's message needs no answer; null if it does
 */
public record PastMessage(
        UUID id,
        UUID conversationId,
        UUID clientId,
        UUID providerId,
        UserRole senderRole,
        Instant sentAt,
        MessageKind kind,
        @Nullable UUID answeringFor,
        @Nullable Instant answerableFrom,
        @Nullable InquiryExcused excuse) {

    /** The order of a thread's messages (rule 2). */
    static final Comparator<PastMessage> IN_ORDER = Comparator.comparing(PastMessage::sentAt)
            .thenComparing(message -> message.senderRole() != UserRole.CLIENT)
            .thenComparing(message -> message.id().getMostSignificantBits(), Long::compareUnsigned)
            .thenComparing(message -> message.id().getLeastSignificantBits(), Long::compareUnsigned);

    UUID senderId() {
        return senderRole == UserRole.CLIENT ? clientId : providerId;
    }

    UUID recipientId() {
        return senderRole == UserRole.CLIENT ? providerId : clientId;
    }

    UserRole recipientRole() {
        return senderRole == UserRole.CLIENT ? UserRole.PROVIDER : UserRole.CLIENT;
    }

    /** Whether only its own side sees it. */
    boolean isNote() {
        return kind == MessageKind.NOTE;
    }

    /** The account for which somebody else of it wrote; null for clients, and when the sender takes part. */
    @Nullable UUID writtenFor() {
        return senderId().equals(accountId()) || senderRole == UserRole.CLIENT ? null : accountId();
    }

    /** The provider of the thread (rule 1), who has the conversation with the client. */
    public UUID accountId() {
        return answeringFor == null ? providerId : answeringFor;
    }
}
