package io.replymeter.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * An inquiry needs no answer, or could not get one: it does not count against the provider (rule 5).
 *
 * @param messageId a client's message of the inquiry
 * @param excusedAt in whole microseconds (truncated), years 1970 to 9999; the inquiry is closed from then on
 */
public record InquiryExcused(
        UUID conversationId, UUID messageId, ExcuseReason reason, ExcusedBy excusedBy, Instant excusedAt)
        implements Event {

    /** Who excused an inquiry. The platform's word always holds, a provider's within limits (rule 5). */
    public enum ExcusedBy {
        PROVIDER,
        PLATFORM
    }

    /** @throws IllegalArgumentException when {@code excusedAt} is out of range */
    public InquiryExcused {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
        requireNonNull(reason, "reason");
        requireNonNull(excusedBy, "excusedBy");
        excusedAt = Timestamps.checked("excusedAt", excusedAt);
    }
}
