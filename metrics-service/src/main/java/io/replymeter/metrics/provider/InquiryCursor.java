package io.replymeter.metrics.provider;

import io.replymeter.measurement.Micros;
import io.replymeter.metrics.problem.Problems.BadRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The place in a list of inquiries, newest first, after which the next page begins. */
record InquiryCursor(Instant openedAt, UUID conversationId, UUID initialMessageId) {

    /** Before the first page. */
    static final InquiryCursor START =
            new InquiryCursor(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1), new UUID(-1, -1));

    private static final int BYTES = 5 * Long.BYTES;

    /** @throws BadRequest when {@code text} is not one of ours */
    static InquiryCursor parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
        if (bytes.length != BYTES) {
            throw notOurs();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Instant openedAt = Micros.instant(buffer.getLong());
        if (openedAt.isBefore(Instant.EPOCH) || openedAt.isAfter(START.openedAt())) {
            throw notOurs();
        }
        return new InquiryCursor(
                openedAt, new UUID(buffer.getLong(), buffer.getLong()), new UUID(buffer.getLong(), buffer.getLong()));
    }

    private static BadRequest notOurs() {
        return new BadRequest(
                "unknown-cursor", "The cursor is not one of this list: send nextCursor of the page before, or none.");
    }

    @Override
    public String toString() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES)
                .putLong(Micros.of(openedAt))
                .putLong(conversationId.getMostSignificantBits())
                .putLong(conversationId.getLeastSignificantBits())
                .putLong(initialMessageId.getMostSignificantBits())
                .putLong(initialMessageId.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }
}
