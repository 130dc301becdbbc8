package io.replymeter.metrics.tables;

import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * A column of many rows as one array parameter. Each array has its exact element type, because only then does the driver
 * send it in PostgreSQL's binary form, which takes a third of the time.
 */
public final class ArrayParameters {

    private ArrayParameters() {}

    public static <T> PGobject uuids(Collection<T> rows, Function<T, @Nullable UUID> column) {
        return new UuidArray(rows.stream().map(column).toArray(UUID[]::new));
    }

    public static <T> SqlArrayValue longs(Collection<T> rows, Function<T, @Nullable Long> column) {
        return new SqlArrayValue("int8", (Object[]) rows.stream().map(column).toArray(Long[]::new));
    }

    public static <T> SqlArrayValue integers(Collection<T> rows, Function<T, Integer> column) {
        return new SqlArrayValue("int4", (Object[]) rows.stream().map(column).toArray(Integer[]::new));
    }

    public static <T> SqlArrayValue booleans(Collection<T> rows, Function<T, Boolean> column) {
        return new SqlArrayValue("bool", (Object[]) rows.stream().map(column).toArray(Boolean[]::new));
    }

    public static <T> SqlArrayValue texts(Collection<T> rows, Function<T, @Nullable String> column) {
        return new SqlArrayValue("text", (Object[]) rows.stream().map(column).toArray(String[]::new));
    }

    public static <T> SqlArrayValue bytes(Collection<T> rows, Function<T, byte @Nullable []> column) {
        return new SqlArrayValue("bytea", (Object[]) rows.stream().map(column).toArray(byte[][]::new));
    }
}
