package io.replymeter.measurement;

import java.util.Comparator;
import java.util.UUID;

/**
 * A counted message: one that asks or answers, between one client and one provider (rule 1).
 *
 * @param messageId unique in its thread
 * @param sentAt in {@link Micros}
 * @param providerId the account that is asked or answers
 * @param senderId who wrote it: the client, the provider, or somebody who answers for the provider
 * @param isAction whether the provider answered by a button or a form
 * @param answerableFrom when the provider can fairly answer a client's message (rule 3), in {@link Micros}; {@code sentAt}
 *     if that is at once, and for a provider's message
 */
public record Fact(
        UUID messageId,
        long sentAt,
        UUID clientId,
        UUID providerId,
        UUID senderId,
        boolean fromClient,
        boolean isAction,
        long answerableFrom) {

    /** The order in which a thread's messages are read (rule 2): many systems stamp whole seconds, and a question comes first. */
    public static final Comparator<Fact> IN_ORDER = Comparator.comparingLong(Fact::sentAt)
            .thenComparing(Fact::fromClient, Comparator.reverseOrder())
            .thenComparing(Fact::messageId, UnsignedUuid.ORDER)
            .thenComparing(Fact::clientId, UnsignedUuid.ORDER)
            .thenComparing(Fact::providerId, UnsignedUuid.ORDER);

    /**
     * Of differing copies of one message, the least one counts (rule 2: the earliest, then the lesser sender). The
     * comparisons after the sender only make the choice independent of the order of arrival.
     */
    static final Comparator<Fact> PREFERRED_COPY = Comparator.comparingLong(Fact::sentAt)
            .thenComparing(Fact::senderId, UnsignedUuid.ORDER)
            .thenComparing(Fact::fromClient, Comparator.reverseOrder())
            .thenComparing(Fact::isAction)
            .thenComparingLong(Fact::answerableFrom);

    /** A moment before {@code sentAt} means at once; so does any moment of a provider's message. */
    public Fact {
        answerableFrom = fromClient ? Math.max(sentAt, answerableFrom) : sentAt;
    }

    /** A message of the client or the provider itself, to be answered at once. */
    public Fact(UUID messageId, long sentAt, UUID clientId, UUID providerId, boolean fromClient) {
        this(messageId, sentAt, clientId, providerId, fromClient ? clientId : providerId, fromClient, false, sentAt);
    }

    /** When the clock of an inquiry starts that this message opens (rule 3), in {@link Micros}. */
    long clockStart(Ruleset ruleset) {
        return Math.min(answerableFrom, sentAt + Micros.of(ruleset.longestDeferral()));
    }

    /** One client and one provider in a conversation: what is measured (rule 1). */
    record ThreadKey(UUID clientId, UUID providerId) {}

    ThreadKey thread() {
        return new ThreadKey(clientId, providerId);
    }

    boolean isOfSameThread(Fact other) {
        return clientId.equals(other.clientId) && providerId.equals(other.providerId);
    }

    /** Whether somebody answered for the provider. */
    boolean isFromColleague() {
        return !fromClient && !senderId.equals(providerId);
    }
}
