package io.replymeter.benchmarks.facts;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Form B3: what form B writes, brought by a binary COPY into a temporary table. */
final class CopyWriter implements PackedFacts.Writer {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    @Override
    public void prepare(Connection connection) throws SQLException {
        run(connection, """
                CREATE TEMPORARY TABLE written (
                    oldest_at bigint, conversation_id uuid,
                    threads bytea, facts bytea STORAGE EXTERNAL) ON COMMIT DELETE ROWS
                """);
    }

    @Override
    public void write(Connection connection, List<Conversation> inserted, List<Conversation> updated)
            throws SQLException {
        byte[] rows = encode(List.of(inserted, updated));
        CopyIn copy =
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY written FROM STDIN (FORMAT binary)");
        copy.writeToCopy(rows, 0, rows.length);
        copy.endCopy();
        run(connection, """
                INSERT INTO conversation (generation, conversation_id, oldest_at, threads, facts)
                SELECT 1, conversation_id, oldest_at, threads, facts FROM written
                ON CONFLICT (conversation_id, generation) DO UPDATE
                SET oldest_at = excluded.oldest_at, threads = excluded.threads, facts = excluded.facts
                """);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static byte[] encode(List<List<Conversation>> conversations) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(SIGNATURE);
            out.writeLong(0);
            for (List<Conversation> some : conversations) {
                for (Conversation conversation : some) {
                    write(out, conversation);
                }
            }
            out.writeShort(-1);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Conversation conversation) throws IOException {
        out.writeShort(4);
        out.writeInt(8);
        out.writeLong(conversation.oldestAt);
        out.writeInt(16);
        out.writeLong(conversation.id.getMostSignificantBits());
        out.writeLong(conversation.id.getLeastSignificantBits());
        byte[] threads = ThreadState.encode(conversation.threads);
        out.writeInt(threads.length);
        out.write(threads);
        byte[] facts = Fact.encode(conversation.facts);
        out.writeInt(facts.length);
        out.write(facts);
    }
}
