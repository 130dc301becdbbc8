package io.replymeter.messaging.conversation;

import io.replymeter.events.MessageKind;
import io.replymeter.messaging.web.InvalidRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a sender asks to have sent. */
record NewMessage(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "anybody but the sender") @Nullable UUID recipientId,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "1 to 10,000 characters, not only spaces")
        @Nullable String body,

        @Schema(description = "HUMAN unless a program wrote it, which does not count as a response") @Nullable Kind kind) {

    static final int MAXIMUM_LENGTH = 10_000;

    /** What a sender can send. */
    enum Kind {
        HUMAN,
        AUTO_REPLY
    }

    /** @throws InvalidRequest unless it can be sent */
    NewMessage checked() {
        if (recipientId == null) {
            throw new InvalidRequest("recipientId", "is missing");
        }
        if (body == null || body.isBlank()) {
            throw new InvalidRequest("body", "must not be empty");
        }
        if (body.codePointCount(0, body.length()) > MAXIMUM_LENGTH) {
            throw new InvalidRequest("body", "must not be longer than 10,000 characters");
        }
        if (body.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(body)) {
            throw new InvalidRequest("body", "must be text without U+0000 and without unpaired surrogates");
        }
        return this;
    }

    UUID recipient() {
        return Objects.requireNonNull(recipientId);
    }

    MessageKind messageKind() {
        return kind == Kind.AUTO_REPLY ? MessageKind.AUTO_REPLY : MessageKind.HUMAN;
    }

    /** The same for the same request, different for another. */
    byte[] fingerprint() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return sha256.digest((recipientId + " " + messageKind() + " " + body).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
