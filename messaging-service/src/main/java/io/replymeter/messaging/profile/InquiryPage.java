package io.replymeter.messaging.profile;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A page of a provider's inquiries in the window, newest first. */
record InquiryPage(
        List<Inquiry> inquiries,

        @Schema(description = "The cursor of the next page; null on the last one.") @Nullable String nextCursor) {

    InquiryPage {
        inquiries = List.copyOf(inquiries);
    }

    /**
     * A client's inquiry. The three response fields are null while there is no response, the three excuse fields unless it
     * was excused.
     */
    record Inquiry(
            UUID conversationId,
            UUID clientId,
            UUID initialMessageId,

            @Schema(description = "When the client asked.") Instant askedAt,

            @Schema(description = "When the clock started: later than askedAt if the provider could only then answer.")
            Instant openedAt,

            @Schema(description = "Until when a response is in time; null unless the inquiry is still open.") @Nullable Instant answerBy,

            @Nullable UUID responseMessageId,
            @Nullable Instant respondedAt,
            @Nullable BigDecimal responseTimeSeconds,
            Outcome outcome,

            @Schema(allowableValues = {"PROVIDER", "PLATFORM"}) @Nullable String excusedBy,

            @Schema(allowableValues = {"NO_REPLY_NEEDED", "SPAM", "BLOCKED", "WITHDRAWN", "OTHER"}) @Nullable String excuseReason,

            @Nullable Instant excusedAt) {}

    /** An inquiry's outcome as of now (rule 5). */
    enum Outcome {
        ANSWERED,
        ANSWERED_LATE,
        EXCUSED,
        PENDING,
        OVERDUE,
        NO_RESPONSE
    }
}
