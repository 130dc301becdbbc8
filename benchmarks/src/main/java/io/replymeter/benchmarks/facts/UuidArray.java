package io.replymeter.benchmarks.facts;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A {@code uuid[]} parameter in PostgreSQL's binary form. The driver sends {@code createArrayOf("uuid", …)} as text, 37
 * characters an id, and needs {@code binaryTransferEnable=2951} to send this one.
 */
@SuppressWarnings("serial")
final class UuidArray extends PGobject implements PGBinaryObject {
    private static final int HEADER = 20;
    private static final int UUID_OID = 2950;

    private final transient Collection<UUID> ids;

    UuidArray(Collection<UUID> ids) {
        this.ids = ids;
        this.type = "_uuid";
    }

    @Override
    public String getValue() {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public int lengthInBytes() {
        return HEADER + ids.size() * 20;
    }

    @Override
    public void toBytes(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, lengthInBytes());
        buffer.putInt(1).putInt(0).putInt(UUID_OID).putInt(ids.size()).putInt(1);
        for (UUID id : ids) {
            buffer.putInt(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("sent only");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UuidArray that && ids.equals(that.ids);
    }

    @Override
    public int hashCode() {
        return ids.hashCode();
    }
}
