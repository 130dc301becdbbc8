package io.replymeter.metrics.tables;

import de.bytefish.pgbulkinsert.exceptions.BinaryWriteFailedException;
import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.ByteArrayValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.UUIDValueHandler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/** Inserts rows by PostgreSQL's {@code COPY}, the cheapest way for rows whose keys are new. Thread-safe. */
@Component
class BulkInsert {

    private static final long MICROS_TO_2000 = 946_684_800_000_000L;
    private static final int DAYS_TO_2000 = 10_957;
    /** The class of SQL states for connections that are lost. */
    private static final String CONNECTION_FAILED = "08";

    private static final ByteArrayValueHandler BYTE_ARRAYS = new ByteArrayValueHandler();
    /** The library's own handler allocates a buffer for every id. */
    private static final UUIDValueHandler UUIDS = new UUIDValueHandler() {
        @Override
        protected void internalHandle(DataOutputStream out, UUID id) throws IOException {
            out.writeInt(2 * Long.BYTES);
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        }
    };

    private final JdbcOperations jdbc;

    BulkInsert(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Inserts a row for each of {@code items}, in the caller's transaction.
     *
     * @param table the table and its columns, in the order in which {@code fields} writes them: {@code "table (column, …)"}
     * @param columns how many columns there are
     * @throws org.springframework.dao.DuplicateKeyException when a key exists already
     */
    <T> void add(String table, int columns, Collection<T> items, BiConsumer<Fields, T> fields) {
        if (items.isEmpty()) {
            return;
        }
        jdbc.execute((ConnectionCallback<Integer>) connection -> {
            try {
                copy(connection.unwrap(PGConnection.class), table, columns, items, fields);
            } catch (SQLException e) {
                endIfLost(connection, e);
                throw e;
            }
            return items.size();
        });
    }

    private static <T> void copy(
            PGConnection connection, String table, int columns, Collection<T> items, BiConsumer<Fields, T> fields)
            throws SQLException {
        try (PgBinaryWriter writer = new PgBinaryWriter(
                new PGCopyOutputStream(connection, "COPY " + table + " FROM STDIN (FORMAT binary)"))) {
            Fields row = new Fields(writer);
            for (T item : items) {
                writer.startRow(columns);
                fields.accept(row, item);
            }
        } catch (BinaryWriteFailedException e) {
            throw refusal(e);
        }
    }

    /** After a COPY the driver leaves a lost connection open, and the rollback would wait for an answer as long again. */
    private static void endIfLost(Connection connection, SQLException failure) throws SQLException {
        if (String.valueOf(failure.getSQLState()).startsWith(CONNECTION_FAILED)) {
            connection.unwrap(Connection.class).abort(Runnable::run);
        }
    }

    /** What the database said, or that it cannot be reached any more; without either the rows themselves are wrong. */
    private static SQLException refusal(BinaryWriteFailedException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal) {
                return refusal;
            }
        }
        throw failure;
    }

    /** The fields of a row, written in the order of its columns. */
    static final class Fields {

        private final PgBinaryWriter writer;

        private Fields(PgBinaryWriter writer) {
            this.writer = writer;
        }

        Fields uuid(@Nullable UUID value) {
            writer.write(UUIDS, value);
            return this;
        }

        Fields bool(boolean value) {
            writer.writeBoolean(value);
            return this;
        }

        Fields bytes(byte @Nullable [] value) {
            writer.write(BYTE_ARRAYS, value);
            return this;
        }

        Fields text(@Nullable String value) {
            if (value == null) {
                writer.writeNull();
            } else {
                bytes(value.getBytes(StandardCharsets.UTF_8));
            }
            return this;
        }

        Fields smallint(int value) {
            writer.writeShort(value);
            return this;
        }

        Fields bigint(@Nullable Long value) {
            if (value == null) {
                writer.writeNull();
            } else {
                writer.writeLong(value);
            }
            return this;
        }

        /** @param epochDay days since 1970-01-01 */
        Fields date(int epochDay) {
            writer.writeInt(epochDay - DAYS_TO_2000);
            return this;
        }

        /** @param micros since 1970-01-01T00:00Z, or null */
        Fields timestamptz(@Nullable Long micros) {
            return bigint(micros == null ? null : micros - MICROS_TO_2000);
        }
    }
}
