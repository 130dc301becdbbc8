package io.replymeter.benchmarks.facts;

import java.util.Comparator;
import java.util.UUID;

/** A counted message. {@code sentAt} is in microseconds since the epoch. */
record Message(UUID conversationId, UUID clientId, UUID providerId, UUID id, long sentAt, boolean fromProvider) {

    /** The order of the rules: by time, then by id as an unsigned 128-bit number. */
    static final Comparator<Message> ORDER = (a, b) -> compare(a.sentAt, a.id, b.sentAt, b.id);

    static int compare(long sentAt, UUID id, long otherSentAt, UUID otherId) {
        int byTime = Long.compare(sentAt, otherSentAt);
        if (byTime != 0) {
            return byTime;
        }
        int byHigh = Long.compareUnsigned(id.getMostSignificantBits(), otherId.getMostSignificantBits());
        return byHigh != 0
                ? byHigh
                : Long.compareUnsigned(id.getLeastSignificantBits(), otherId.getLeastSignificantBits());
    }
}
