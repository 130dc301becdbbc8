package io.replymeter.metrics.client;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of a provider's inquiries in the window, newest first.
 *
 * @param nextCursor the cursor of the next page; null on the last one
 */
public record InquiryPage(List<Inquiry> inquiries, @Nullable String nextCursor) {

    public InquiryPage {
        inquiries = List.copyOf(inquiries);
    }

    /**
     * A client's inquiry. The three response fields are null while there is no response, the three excuse fields unless it
     * was excused.
     */
    public record Inquiry(
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
}
