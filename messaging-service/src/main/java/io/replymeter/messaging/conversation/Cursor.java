package io.replymeter.messaging.conversation;

import io.replymeter.messaging.web.InvalidRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is read newest first: what comes next is older. Opaque to its reader, and of one list only.
 *
 * @param at the time of the last entry read, in whole microseconds
 * @param id its id, which orders entries of the same time
 */
record Cursor(Instant at, UUID id) {

    private static final Cursor START = new Cursor(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));
    private static final int PLACE_BYTES = Long.BYTES * 3;

    /**
     * The place {@code text} stands for; the start when there is none.
     *
     * @param list names the list, so that another list's cursor is refused
     * @throws InvalidRequest when {@link #write} did not write it for this list
     */
    static Cursor read(String list, @Nullable String text) {
        if (text == null) {
            return START;
        }
        byte[] decoded = decoded(text);
        ByteBuffer bytes = ByteBuffer.wrap(decoded);
        if (decoded.length != PLACE_BYTES + Integer.BYTES || bytes.getInt(PLACE_BYTES) != checksum(list, decoded)) {
            throw notOurs();
        }
        return new Cursor(
                Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS), new UUID(bytes.getLong(), bytes.getLong()));
    }

    String write(String list) {
        ByteBuffer bytes = ByteBuffer.allocate(PLACE_BYTES + Integer.BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        bytes.putInt(checksum(list, bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    private static int checksum(String list, byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(list.getBytes(StandardCharsets.UTF_8));
        sum.update(bytes, 0, PLACE_BYTES);
        return (int) sum.getValue();
    }

    private static InvalidRequest notOurs() {
        return new InvalidRequest("cursor", "must be the nextCursor of the page before, or absent for the first page");
    }
}
