package io.replymeter.benchmarks.facts;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Form B: one row a conversation, its facts packed into bytes, read, merged and rewritten by every batch. */
record PackedFacts(int fillfactor, String storage, Writer writer) implements FactForm {
    private static final String LOCK = """
            SELECT conversation_id, oldest_at, threads, facts FROM conversation
            WHERE generation = 1 AND conversation_id = ANY (?)
            ORDER BY conversation_id FOR UPDATE
            """;
    private static final String INSERT = """
            INSERT INTO conversation (generation, conversation_id, oldest_at, threads, facts)
            SELECT 1, * FROM unnest(?, ?::bigint[], ?::bytea[], ?::bytea[])
            """;
    private static final String UPDATE = """
            UPDATE conversation c SET oldest_at = n.oldest_at, threads = n.threads, facts = n.facts
            FROM unnest(?, ?::bigint[], ?::bytea[], ?::bytea[]) AS n (conversation_id, oldest_at, threads, facts)
            WHERE c.generation = 1 AND c.conversation_id = n.conversation_id
            """;

    /** No join, so no plan that could turn out wrong once the table has grown, and no race between two inserts. */
    private static final String UPSERT = INSERT + """
            ON CONFLICT (conversation_id, generation) DO UPDATE
            SET oldest_at = excluded.oldest_at, threads = excluded.threads, facts = excluded.facts
            """;

    /** How conversations with all their facts are written. */
    interface Writer {
        void write(Connection connection, List<Conversation> inserted, List<Conversation> updated) throws SQLException;

        default void prepare(Connection connection) throws SQLException {}
    }

    @Override
    public String tables() {
        return tables(fillfactor, storage);
    }

    static String tables(int fillfactor, String storage) {
        return """
        CREATE TABLE conversation (
            oldest_at bigint NOT NULL, conversation_id uuid NOT NULL, generation smallint NOT NULL,
            threads bytea NOT NULL, facts bytea STORAGE %s NOT NULL,
            PRIMARY KEY (conversation_id, generation)) PARTITION BY LIST (generation);
        CREATE INDEX ON conversation (oldest_at);
        CREATE TABLE conversation_1 PARTITION OF conversation FOR VALUES IN (1) WITH (fillfactor = %d);
        """.formatted(storage, fillfactor);
    }

    @Override
    public String count() {
        return "SELECT sum(length(facts)) / " + Fact.BYTES + " FROM conversation";
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        writer.prepare(connection);
    }

    @Override
    public void apply(Connection connection, List<Message> batch) throws SQLException {
        Map<UUID, Conversation> conversations = Conversation.of(batch);
        read(connection, conversations);
        List<Conversation> inserted = new ArrayList<>();
        List<Conversation> updated = new ArrayList<>();
        for (Conversation conversation : conversations.values()) {
            if (!conversation.merge(conversation.arrived()).isEmpty()) {
                conversation.foldAll();
                (conversation.stored ? updated : inserted).add(conversation);
            }
        }
        writer.write(connection, inserted, updated);
    }

    static void read(Connection connection, Map<UUID, Conversation> conversations) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setObject(1, new UuidArray(conversations.keySet()));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                Conversation conversation = requireNonNull(conversations.get(rows.getObject(1, UUID.class)));
                conversation.stored = true;
                conversation.oldestAt = rows.getLong(2);
                conversation.threads = ThreadState.decode(rows.getBytes(3));
                Fact.decode(rows.getBytes(4), conversation.facts);
            }
        }
    }

    static void writeUnnested(Connection connection, List<Conversation> inserted, List<Conversation> updated)
            throws SQLException {
        execute(connection, INSERT, inserted);
        execute(connection, UPDATE, updated);
    }

    static void writeUpserted(Connection connection, List<Conversation> inserted, List<Conversation> updated)
            throws SQLException {
        List<Conversation> all = new ArrayList<>(inserted);
        all.addAll(updated);
        all.sort(Comparator.comparing(conversation -> conversation.id));
        execute(connection, UPSERT, all);
    }

    static void execute(Connection connection, String sql, Collection<Conversation> conversations) throws SQLException {
        if (conversations.isEmpty()) {
            return;
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
            statement.setObject(
                    4, conversations.stream().map(c -> Fact.encode(c.facts)).toArray(byte[][]::new));
            statement.executeUpdate();
        }
    }
}
