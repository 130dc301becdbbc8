package io.replymeter.metrics.oracle;

import io.replymeter.events.InquiryExcused;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An inquiry, when its clock started (rule 3), its response (rule 4) and its excuse (rule 5); null where there is none. */
public record Inquiry(
        UUID providerId,
        UUID clientId,
        UUID conversationId,
        UUID initialMessageId,
        Instant askedAt,
        Instant openedAt,
        @Nullable UUID responseMessageId,
        @Nullable Instant respondedAt,
        @Nullable Excuse excuse) {

    /** What an excuse says, whichever message it names. */
    public record Excuse(String by, String reason, Instant at) {
        static Excuse of(InquiryExcused event) {
            return new Excuse(event.excusedBy().name(), event.reason().name(), event.excusedAt());
        }
    }

    /** From the start of the clock to the response; null where there is none. */
    public @Nullable Duration responseTime() {
        return respondedAt == null ? null : Duration.between(openedAt, respondedAt);
    }
}
