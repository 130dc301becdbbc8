package io.replymeter.messaging.conversation;

import io.replymeter.events.MessageKind;
import io.replymeter.messaging.web.Visible;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message that a sender asks to have sent. */
record NewMessage(
        @Schema(description = "Any user but the sender") @NotNull(message = "is missing") UUID recipientId,

        @Schema(description = "1 to 10,000 characters, not only spaces and other invisible ones")
        @Visible
        @Pattern(regexp = TEXT, message = TEXT_MESSAGE) String body,

        @Schema(description = "HUMAN unless a program wrote it, which does not count as a response") @Nullable Kind kind,

        @Schema(description = "The provider to write for, as a member of its team; oneself when absent") @Nullable UUID providerId) {

    static final String TEXT = "^[^\\x00\\p{Cs}]{0,10000}$";
    static final String TEXT_MESSAGE = "must be at most 10,000 characters, without U+0000 and unpaired surrogates";

    /** The kinds that a sender may choose. */
    enum Kind {
        HUMAN,
        AUTO_REPLY
    }

    MessageKind messageKind() {
        return kind == Kind.AUTO_REPLY ? MessageKind.AUTO_REPLY : MessageKind.HUMAN;
    }

    /** The same for equal requests, different for others. */
    String content() {
        return recipientId + (providerId == null ? "" : " for " + providerId) + " " + messageKind() + " " + body;
    }
}
