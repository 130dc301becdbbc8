package io.replymeter.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is read newest first: what comes next is older. Opaque to its reader, and of one list only.
 *
 * @param at the time of the last entry read, in whole microseconds, from 1970 to 9999
 * @param ids its ids, which order entries of the same time
 */
public record Cursor(Instant at, List<UUID> ids) {

    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");
    private static final UUID LAST_ID = new UUID(-1, -1);

    public Cursor {
        ids = List.copyOf(ids);
    }

    public Cursor(Instant at, UUID... ids) {
        this(at, List.of(ids));
    }

    /**
     * The place {@code text} stands for; the start when there is none.
     *
     * @param list names the list, so that another list's cursor is refused
     * @param ids how many ids order the list's entries of the same time
     * @throws InvalidRequest when {@link #write} did not write it for this list
     */
    public static Cursor read(String list, int ids, @Nullable String text) {
        if (text == null) {
            return new Cursor(END, Collections.nCopies(ids, LAST_ID));
        }
        ByteBuffer bytes = ByteBuffer.wrap(decoded(text));
        int length = Long.BYTES + 2 * Long.BYTES * ids;
        if (bytes.remaining() != length + Integer.BYTES || bytes.getInt(length) != checksum(list, bytes, length)) {
            throw notOurs();
        }
        Instant at = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
        if (at.isBefore(Instant.EPOCH) || at.isAfter(END)) {
            throw notOurs();
        }
        return new Cursor(
                at,
                Stream.generate(() -> new UUID(bytes.getLong(), bytes.getLong()))
                        .limit(ids)
                        .toList());
    }

    /** This place as text for {@link #read}, safe in a URL. */
    public String write(String list) {
        int length = Long.BYTES + 2 * Long.BYTES * ids.size();
        ByteBuffer bytes = ByteBuffer.allocate(length + Integer.BYTES).putLong(micros(at));
        ids.forEach(id -> bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()));
        bytes.putInt(checksum(list, bytes, length));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** {@code ChronoUnit.MICROS.between} counts nanoseconds, and overflows in the year 2262. */
    private static long micros(Instant time) {
        return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1_000;
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    private static int checksum(String list, ByteBuffer bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(list.getBytes(StandardCharsets.UTF_8));
        sum.update(bytes.array(), 0, length);
        return (int) sum.getValue();
    }

    private static InvalidRequest notOurs() {
        return new InvalidRequest("cursor", "must be the nextCursor of the page before, or absent for the first page");
    }
}
