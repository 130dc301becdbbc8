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
import java.util.TreeMap;
import java.util.UUID;

/** Form B2: rows as in form B, but messages in order are appended in SQL, and the facts are not read for them. */
record AppendedFacts(int fillfactor, String storage) implements FactForm {

    /**
     * A copy of a known message may carry a later time, so the last position alone does not prove that a message is new:
     * the server looks for each id among the facts. FOR UPDATE keeps the lookup a loop over the primary key, in the order
     * of the ids, whatever the planner believes about sizes.
     */
    private static final String LOCK = """
            SELECT c.conversation_id, c.oldest_at, c.threads, c.repeated
            FROM unnest(?, ?::bytea[]) AS n (conversation_id, ids)
            CROSS JOIN LATERAL (
                SELECT conversation_id, oldest_at, threads,
                       EXISTS (SELECT FROM generate_series(1, length(n.ids), 16) AS at
                               WHERE position(substring(n.ids FROM at FOR 16) IN facts) > 0) AS repeated
                FROM conversation WHERE generation = 1 AND conversation_id = n.conversation_id
                FOR UPDATE) c
            """;

    private static final String APPEND = """
            INSERT INTO conversation AS c (generation, conversation_id, oldest_at, threads, facts)
            SELECT 1, * FROM unnest(?, ?::bigint[], ?::bytea[], ?::bytea[])
            ON CONFLICT (conversation_id, generation) DO UPDATE
            SET oldest_at = excluded.oldest_at, threads = excluded.threads, facts = c.facts || excluded.facts
            """;

    @Override
    public String tables() {
        return PackedFacts.tables(fillfactor, storage);
    }

    @Override
    public String count() {
        return "SELECT sum(length(facts)) / " + Fact.BYTES + " FROM conversation";
    }

    @Override
    public void apply(Connection connection, List<Message> batch) throws SQLException {
        Map<UUID, Conversation> conversations = Conversation.of(batch);
        Map<UUID, Conversation> reread = lock(connection, conversations);
        List<Conversation> appended = new ArrayList<>();
        for (Conversation conversation : conversations.values()) {
            List<Fact> arrived = conversation.arrived();
            if (reread.containsKey(conversation.id) || !conversation.continuedBy(arrived)) {
                reread.put(conversation.id, conversation);
                continue;
            }
            conversation.facts.addAll(arrived);
            conversation.foldOn(arrived);
            appended.add(conversation);
        }
        PackedFacts.execute(connection, APPEND, appended);
        PackedFacts.writeUpserted(connection, List.of(), rewritten(connection, reread));
    }

    private static Map<UUID, Conversation> lock(Connection connection, Map<UUID, Conversation> conversations)
            throws SQLException {
        Map<UUID, Conversation> repeated = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setObject(1, new UuidArray(conversations.keySet()));
            statement.setObject(
                    2, conversations.values().stream().map(AppendedFacts::ids).toArray(byte[][]::new));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                Conversation conversation = requireNonNull(conversations.get(rows.getObject(1, UUID.class)));
                conversation.oldestAt = rows.getLong(2);
                conversation.threads = ThreadState.decode(rows.getBytes(3));
                if (rows.getBoolean(4)) {
                    repeated.put(conversation.id, conversation);
                }
            }
        }
        return repeated;
    }

    private static List<Conversation> rewritten(Connection connection, Map<UUID, Conversation> reread)
            throws SQLException {
        if (reread.isEmpty()) {
            return List.of();
        }
        PackedFacts.read(connection, reread);
        for (Conversation conversation : reread.values()) {
            conversation.merge(conversation.arrived());
            conversation.foldAll();
        }
        return List.copyOf(reread.values());
    }

    private static byte[] ids(Conversation conversation) {
        ByteBuffer ids = ByteBuffer.allocate(conversation.arrivals.size() * 16);
        for (Message message : conversation.arrivals) {
            ids.putLong(message.id().getMostSignificantBits());
            ids.putLong(message.id().getLeastSignificantBits());
        }
        return ids.array();
    }
}
