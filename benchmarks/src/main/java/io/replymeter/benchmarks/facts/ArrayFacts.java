package io.replymeter.benchmarks.facts;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Form C: one row a conversation, its facts in three parallel arrays. Arrays of differing length cannot be unnested, so
 * facts travel flat and are put together by array_agg, and only what is new travels when it continues the order.
 */
record ArrayFacts(int fillfactor) implements FactForm {
    private static final String LOCK = """
            SELECT conversation_id, oldest_at, threads, sent_at, message_id, flags FROM conversation
            WHERE generation = 1 AND conversation_id = ANY (?)
            ORDER BY conversation_id FOR UPDATE
            """;
    private static final String SAVE = """
            WITH state AS (
                SELECT * FROM unnest(?, ?::bigint[], ?::bytea[]) AS s (conversation_id, oldest_at, threads)
            ), packed AS (
                SELECT conversation_id, array_agg(sent_at ORDER BY n) AS sent_at,
                       array_agg(message_id ORDER BY n) AS message_id, array_agg(flags ORDER BY n) AS flags
                FROM unnest(?, ?::bigint[], ?, ?::smallint[])
                     WITH ORDINALITY AS f (conversation_id, sent_at, message_id, flags, n)
                GROUP BY conversation_id
            )
            INSERT INTO conversation AS c (generation, conversation_id, oldest_at, threads, sent_at, message_id, flags)
            SELECT 1, s.conversation_id, s.oldest_at, s.threads, p.sent_at, p.message_id, p.flags
            FROM state s JOIN packed p USING (conversation_id)
            ON CONFLICT (conversation_id, generation) DO UPDATE
            SET oldest_at = excluded.oldest_at, threads = excluded.threads,
            """;
    private static final String APPEND = SAVE + """
                sent_at = c.sent_at || excluded.sent_at, message_id = c.message_id || excluded.message_id,
                flags = c.flags || excluded.flags
            """;
    private static final String REPLACE = SAVE + """
                sent_at = excluded.sent_at, message_id = excluded.message_id, flags = excluded.flags
            """;

    @Override
    public String tables() {
        return """
        CREATE TABLE conversation (
            oldest_at bigint NOT NULL, conversation_id uuid NOT NULL, generation smallint NOT NULL,
            threads bytea NOT NULL, sent_at bigint[] STORAGE EXTERNAL NOT NULL,
            message_id uuid[] STORAGE EXTERNAL NOT NULL, flags smallint[] STORAGE EXTERNAL NOT NULL,
            PRIMARY KEY (conversation_id, generation)) PARTITION BY LIST (generation);
        CREATE INDEX ON conversation (oldest_at);
        CREATE TABLE conversation_1 PARTITION OF conversation FOR VALUES IN (1) WITH (fillfactor = %d);
        """.formatted(fillfactor);
    }

    @Override
    public String count() {
        return "SELECT sum(cardinality(message_id)) FROM conversation";
    }

    @Override
    public void apply(Connection connection, List<Message> batch) throws SQLException {
        Map<UUID, Conversation> conversations = Conversation.of(batch);
        read(connection, conversations);
        List<Conversation> appended = new ArrayList<>();
        List<Conversation> replaced = new ArrayList<>();
        for (Conversation conversation : conversations.values()) {
            List<Fact> arrived = conversation.arrived();
            boolean inOrder = conversation.continuedBy(arrived);
            List<Fact> added = conversation.merge(arrived);
            if (added.isEmpty()) {
                continue;
            }
            conversation.foldAll();
            if (inOrder) {
                conversation.facts = added;
            }
            (inOrder ? appended : replaced).add(conversation);
        }
        execute(connection, APPEND, appended);
        execute(connection, REPLACE, replaced);
    }

    private static void read(Connection connection, Map<UUID, Conversation> conversations) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setObject(1, new UuidArray(conversations.keySet()));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                Conversation conversation = requireNonNull(conversations.get(rows.getObject(1, UUID.class)));
                conversation.oldestAt = rows.getLong(2);
                conversation.threads = ThreadState.decode(rows.getBytes(3));
                decode(rows, conversation.facts);
            }
        }
    }

    /** Reads the arrays' binary form (20 bytes header, then length and value of each): the driver would box each. */
    private static void decode(ResultSet row, List<Fact> into) throws SQLException {
        ByteBuffer times = ByteBuffer.wrap(row.getBytes(4)).position(20);
        ByteBuffer ids = ByteBuffer.wrap(row.getBytes(5)).position(20);
        ByteBuffer flags = ByteBuffer.wrap(row.getBytes(6)).position(20);
        while (times.hasRemaining()) {
            times.getInt();
            ids.getInt();
            flags.getInt();
            into.add(new Fact(times.getLong(), new UUID(ids.getLong(), ids.getLong()), flags.getShort()));
        }
    }

    private static void execute(Connection connection, String sql, List<Conversation> conversations)
            throws SQLException {
        if (conversations.isEmpty()) {
            return;
        }
        List<UUID> owners = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        for (Conversation conversation : conversations) {
            facts.addAll(conversation.facts);
            conversation.facts.forEach(fact -> owners.add(conversation.id));
        }
        short[] flags = new short[facts.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = facts.get(i).flags();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(
                    1, new UuidArray(conversations.stream().map(c -> c.id).toList()));
            statement.setObject(
                    2, conversations.stream().mapToLong(c -> c.oldestAt).toArray());
            statement.setObject(
                    3,
                    conversations.stream()
                            .map(c -> ThreadState.encode(c.threads))
                            .toArray(byte[][]::new));
            statement.setObject(4, new UuidArray(owners));
            statement.setObject(5, facts.stream().mapToLong(Fact::sentAt).toArray());
            statement.setObject(6, new UuidArray(facts.stream().map(Fact::id).toList()));
            statement.setObject(7, flags);
            statement.executeUpdate();
        }
    }
}
