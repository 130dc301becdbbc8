package io.replymeter.benchmarks.facts;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Form A: a row a message, and a small row a conversation from which messages in order are folded on. */
record RowPerMessage(int fillfactor) implements FactForm {
    private static final String LOCK = """
            SELECT conversation_id, oldest_at, threads FROM conversation
            WHERE generation = 1 AND conversation_id = ANY (?)
            ORDER BY conversation_id FOR UPDATE
            """;
    private static final String INSERT_FACTS = """
            INSERT INTO fact (generation, conversation_id, message_id, sent_at, flags)
            SELECT 1, * FROM unnest(?, ?, ?::bigint[], ?::smallint[])
            ON CONFLICT DO NOTHING
            """;
    private static final String READ_FACTS = """
            SELECT conversation_id, sent_at, message_id, flags FROM fact
            WHERE generation = 1 AND conversation_id = ANY (?)
            ORDER BY sent_at, message_id
            """;
    private static final String SAVE = """
            INSERT INTO conversation (generation, conversation_id, oldest_at, threads)
            SELECT 1, * FROM unnest(?, ?::bigint[], ?::bytea[])
            ON CONFLICT (conversation_id, generation)
            DO UPDATE SET oldest_at = excluded.oldest_at, threads = excluded.threads
            """;

    @Override
    public String tables() {
        return """
        CREATE TABLE fact (
            sent_at bigint NOT NULL, conversation_id uuid NOT NULL, message_id uuid NOT NULL,
            generation smallint NOT NULL, flags smallint NOT NULL,
            PRIMARY KEY (conversation_id, message_id, generation)) PARTITION BY LIST (generation);
        CREATE TABLE fact_1 PARTITION OF fact FOR VALUES IN (1);
        CREATE TABLE conversation (
            oldest_at bigint NOT NULL, conversation_id uuid NOT NULL, generation smallint NOT NULL,
            threads bytea NOT NULL, PRIMARY KEY (conversation_id, generation)) PARTITION BY LIST (generation);
        CREATE INDEX ON conversation (oldest_at);
        CREATE TABLE conversation_1 PARTITION OF conversation FOR VALUES IN (1) WITH (fillfactor = %d);
        """.formatted(fillfactor);
    }

    @Override
    public String count() {
        return "SELECT count(*) FROM fact";
    }

    @Override
    public void apply(Connection connection, List<Message> batch) throws SQLException {
        Map<UUID, Conversation> conversations = Conversation.of(batch);
        lock(connection, conversations);
        List<UUID> owners = new ArrayList<>(batch.size());
        List<Fact> facts = new ArrayList<>(batch.size());
        Set<UUID> disordered = new HashSet<>();
        for (Conversation conversation : conversations.values()) {
            List<Fact> arrived = conversation.arrived();
            facts.addAll(arrived);
            arrived.forEach(fact -> owners.add(conversation.id));
            if (!conversation.continuedBy(arrived)) {
                disordered.add(conversation.id);
            }
        }
        int inserted = insert(connection, owners, facts);
        // The count alone tells whether any message was known: returning the keys of all others would cost more.
        Set<UUID> reread = inserted < facts.size() ? conversations.keySet() : disordered;
        for (int i = 0; i < facts.size(); i++) {
            if (!reread.contains(owners.get(i))) {
                requireNonNull(conversations.get(owners.get(i))).foldOn(facts.subList(i, i + 1));
            }
        }
        refold(connection, conversations, reread);
        save(connection, conversations.values());
    }

    private static void lock(Connection connection, Map<UUID, Conversation> conversations) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setObject(1, new UuidArray(conversations.keySet()));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                Conversation conversation = requireNonNull(conversations.get(rows.getObject(1, UUID.class)));
                conversation.oldestAt = rows.getLong(2);
                conversation.threads = ThreadState.decode(rows.getBytes(3));
            }
        }
    }

    private static int insert(Connection connection, List<UUID> owners, List<Fact> facts) throws SQLException {
        short[] flags = new short[facts.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = facts.get(i).flags();
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_FACTS)) {
            statement.setObject(1, new UuidArray(owners));
            statement.setObject(2, new UuidArray(facts.stream().map(Fact::id).toList()));
            statement.setObject(3, facts.stream().mapToLong(Fact::sentAt).toArray());
            statement.setObject(4, flags);
            return statement.executeUpdate();
        }
    }

    private static void refold(Connection connection, Map<UUID, Conversation> conversations, Collection<UUID> reread)
            throws SQLException {
        if (reread.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(READ_FACTS)) {
            statement.setObject(1, new UuidArray(reread));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                Fact fact = new Fact(rows.getLong(2), rows.getObject(3, UUID.class), rows.getShort(4));
                requireNonNull(conversations.get(rows.getObject(1, UUID.class)))
                        .facts
                        .add(fact);
            }
        }
        reread.forEach(id -> requireNonNull(conversations.get(id)).foldAll());
    }

    private static void save(Connection connection, Collection<Conversation> conversations) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
            statement.setObject(
                    1, new UuidArray(conversations.stream().map(c -> c.id).toList()));
            statement.setObject(
                    2, conversations.stream().mapToLong(c -> c.oldestAt).toArray());
            statement.setObject(
                    3,
                    conversations.stream()
                            .map(c -> ThreadState.encode(c.threads))
                            .toArray(byte[][]::new));
            statement.executeUpdate();
        }
    }
}
