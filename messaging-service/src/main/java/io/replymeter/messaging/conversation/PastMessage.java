package io.replymeter.messaging.conversation;

import io.replymeter.messaging.user.UserRole;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * A message from a log: a client and a provider exchanged it elsewhere.
 *
 * @param sentAt in whole microseconds
 */
public record PastMessage(
        UUID id, UUID conversationId, UUID clientId, UUID providerId, UserRole senderRole, Instant sentAt) {

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
}
