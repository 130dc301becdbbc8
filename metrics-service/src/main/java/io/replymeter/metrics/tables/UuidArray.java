package io.replymeter.metrics.tables;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A {@code uuid[]} parameter in PostgreSQL's binary form, where the driver is told {@code binaryTransferEnable=2951}; of
 * itself it sends text, twice the bytes, to be written and parsed.
 */
@SuppressWarnings("serial")
final class UuidArray extends PGobject implements PGBinaryObject {

    private static final int DIMENSIONS = 1;
    private static final int HAS_NULLS = 1;
    private static final int UUID_OID = 2950;
    private static final int FIRST_INDEX = 1;
    private static final int HEADER_BYTES = 5 * Integer.BYTES;
    private static final int NULL = -1;
    private static final int UUID_BYTES = 2 * Long.BYTES;

    private final transient @Nullable UUID[] ids;

    UuidArray(@Nullable UUID[] ids) {
        this.ids = ids;
        this.type = "_uuid";
    }

    @Override
    public int lengthInBytes() {
        int present = 0;
        for (UUID id : ids) {
            present += id == null ? 0 : 1;
        }
        return HEADER_BYTES + ids.length * Integer.BYTES + present * UUID_BYTES;
    }

    @Override
    public void toBytes(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
        buffer.putInt(DIMENSIONS)
                .putInt(HAS_NULLS)
                .putInt(UUID_OID)
                .putInt(ids.length)
                .putInt(FIRST_INDEX);
        for (UUID id : ids) {
            if (id == null) {
                buffer.putInt(NULL);
            } else {
                buffer.putInt(UUID_BYTES).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            }
        }
    }

    @Override
    public String getValue() {
        return Arrays.stream(ids)
                .map(id -> id == null ? "NULL" : id.toString())
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("sent only");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UuidArray that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }
}
