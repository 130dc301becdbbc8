package io.replymeter.measurement;

import java.util.Comparator;
import java.util.UUID;

/**
 * A counted message: one that asks or answers, between one client and one provider (rule 1).
 *
 * @param messageId unique in its conversation
 * @param sentAt in {@link Micros}
 * @param fromClient whether the client wrote it, else the provider
 */
public record Fact(UUID messageId, long sentAt, UUID clientId, UUID providerId, boolean fromClient) {

    /** The order in which a thread's messages are read (rule 2): many systems stamp whole seconds, and a question comes first. */
    public static final Comparator<Fact> IN_ORDER = Comparator.comparingLong(Fact::sentAt)
            .thenComparing(Fact::fromClient, Comparator.reverseOrder())
            .thenComparing(Fact::messageId, UnsignedUuid.ORDER);

    /**
     * Of differing copies of one message, the least one counts (rule 2: the earliest, then the lesser sender). The
     * comparisons after the sender only make the choice independent of the order of arrival.
     */
    static final Comparator<Fact> PREFERRED_COPY = Comparator.comparingLong(Fact::sentAt)
            .thenComparing(Fact::senderId, UnsignedUuid.ORDER)
            .thenComparing(Fact::fromClient, Comparator.reverseOrder())
            .thenComparing(Fact::recipientId, UnsignedUuid.ORDER);

    boolean isOfSameThread(Fact other) {
        return clientId.equals(other.clientId) && providerId.equals(other.providerId);
    }

    private UUID senderId() {
        return fromClient ? clientId : providerId;
    }

    private UUID recipientId() {
        return fromClient ? providerId : clientId;
    }
}
