package io.replymeter.messaging.conversation;

import io.replymeter.events.MessageKind;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message that a sender asks to have sent. */
record NewMessage(
        @Schema(description = "Any user but the sender") @NotNull(message = "is missing") UUID recipientId,

        @Schema(description = "1 to 10,000 characters, not only spaces")
        @NotBlank(message = "must not be empty") @Pattern(
                regexp = "^[^\\x00\\p{Cs}]{0,10000}$",
                message = "must be at most 10,000 characters, without U+0000 and unpaired surrogates")
        String body,

        @Schema(description = "HUMAN unless a program wrote it, which does not count as a response") @Nullable Kind kind) {

    /** The kinds that a sender may choose. */
    enum Kind {
        HUMAN,
        AUTO_REPLY
    }

    MessageKind messageKind() {
        return kind == Kind.AUTO_REPLY ? MessageKind.AUTO_REPLY : MessageKind.HUMAN;
    }

    /** The same for equal requests, different for others. */
    byte[] fingerprint() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return sha256.digest((recipientId + " " + messageKind() + " " + body).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
