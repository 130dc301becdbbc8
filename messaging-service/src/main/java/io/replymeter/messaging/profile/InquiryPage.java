package io.replymeter.messaging.profile;

import io.replymeter.messaging.words.Words;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A page of a provider's inquiries in the window, newest first. */
record InquiryPage(
        List<Inquiry> inquiries,

        @Schema(description = "The cursor of the next page; null on the last one.") @Nullable String nextCursor) {

    InquiryPage {
        inquiries = List.copyOf(inquiries);
    }

    List<UUID> clients() {
        return inquiries.stream().map(Inquiry::clientId).distinct().toList();
    }

    /** The same page, with the clients' names and why each inquiry counts as it does. */
    InquiryPage explained(Map<UUID, String> names, Words words) {
        return new InquiryPage(
                inquiries.stream()
                        .map(inquiry -> inquiry.explained(names, words))
                        .toList(),
                nextCursor);
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

            @Nullable Instant excusedAt,

            @Schema(description = "The client's name; null if nobody has it any more.") @Nullable String clientName,

            @Schema(example = "Answered in time. Response time: 35 minutes.", description = "Why it counts as it does.")
            @Nullable String explanation) {

        private Inquiry explained(Map<UUID, String> names, Words words) {
            return new Inquiry(
                    conversationId,
                    clientId,
                    initialMessageId,
                    askedAt,
                    openedAt,
                    answerBy,
                    responseMessageId,
                    respondedAt,
                    responseTimeSeconds,
                    outcome,
                    excusedBy,
                    excuseReason,
                    excusedAt,
                    names.get(clientId),
                    words.say("inquiry." + outcome, arguments(words)));
        }

        private Map<String, String> arguments(Words words) {
            return Map.of(
                    "time", responseTimeSeconds == null ? "" : words.duration(inWholeSeconds(responseTimeSeconds)),
                    "by", String.valueOf(excusedBy),
                    "reason", String.valueOf(excuseReason));
        }

        private static Duration inWholeSeconds(BigDecimal seconds) {
            return Duration.ofSeconds(seconds.longValue());
        }
    }

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
