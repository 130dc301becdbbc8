package io.replymeter.metrics.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An inquiry (rule 3) and its response (rule 4), the last two null where there is none. */
public record Inquiry(
        UUID providerId,
        UUID clientId,
        UUID conversationId,
        UUID initialMessageId,
        Instant openedAt,
        @Nullable UUID responseMessageId,
        @Nullable Instant respondedAt) {

    /** From the initial message to the response; null where there is none. */
    public @Nullable Duration responseTime() {
        return respondedAt == null ? null : Duration.between(openedAt, respondedAt);
    }
}
