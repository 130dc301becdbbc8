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

    /** A client's inquiry; the three response fields are null while there is no response. */
    record Inquiry(
            UUID conversationId,
            UUID clientId,
            UUID initialMessageId,
            Instant openedAt,
            @Nullable UUID responseMessageId,
            @Nullable Instant respondedAt,
            @Nullable BigDecimal responseTimeSeconds,
            Outcome outcome) {}

    /** An inquiry's outcome as of now (rule 5). */
    enum Outcome {
        ANSWERED,
        ANSWERED_LATE,
        PENDING,
        OVERDUE,
        NO_RESPONSE
    }
}
