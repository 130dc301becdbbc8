package io.replymeter.messaging.conversation;

import static io.replymeter.jdbc.TimeColumns.instant;

import io.replymeter.messaging.conversation.History.PastMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** The statements of {@link History}: as many for ten thousand messages as for one. */
@Repository
class HistoryTables {

    /** One import at a time, so that two never wait for each other's rows. */
    private static final String ONE_AT_A_TIME =
            "SELECT clock_timestamp() FROM pg_advisory_xact_lock(hashtext('replymeter.imports'))";

    private static final String LOCK = """
            SELECT id, user_a, user_b, last_sequence, deleted_at IS NOT NULL AS deleted
            FROM conversations WHERE id = ANY(:ids) ORDER BY id FOR UPDATE
            """;

    private static final String PRESENT =
            "SELECT id, conversation_id, sender_id, sent_at FROM messages WHERE id = ANY(:ids)";

    private static final String SAVE = """
            INSERT INTO conversations AS known (id, user_a, user_b, last_sequence, last_sent_at)
            SELECT id, least(one, other), greatest(one, other), last_sequence, last_sent_at
            FROM unnest(:ids::uuid[], :ones::uuid[], :others::uuid[], :sequences::bigint[], :times::timestamptz[])
                AS saved (id, one, other, last_sequence, last_sent_at)
            ORDER BY id
            ON CONFLICT (id) DO UPDATE
            SET last_sequence = greatest(known.last_sequence, excluded.last_sequence),
                last_sent_at = greatest(known.last_sent_at, excluded.last_sent_at)
            """;

    private static final String ADD = """
            INSERT INTO messages (id, conversation_id, sequence, sender_id, provider_id, kind, sent_at)
            SELECT id, conversation_id, sequence, sender_id, provider_id, kind, sent_at
            FROM unnest(:ids::uuid[], :conversations::uuid[], :sequences::bigint[], :senders::uuid[], :providers::uuid[],
                :kinds::text[], :times::timestamptz[])
                AS added (id, conversation_id, sequence, sender_id, provider_id, kind, sent_at)
            """;

    /** A conversation that exists, or that an earlier message of the import begins. */
    record Known(UUID id, UUID userA, UUID userB, long lastSequence, boolean deleted) {
        boolean isBetween(UUID one, UUID other) {
            return (userA.equals(one) && userB.equals(other)) || (userA.equals(other) && userB.equals(one));
        }
    }

    /** A message that exists already, or that came earlier in the import. */
    record Present(UUID conversationId, UUID senderId, Instant sentAt) {}

    /** A message with its position in the conversation. */
    record Placed(PastMessage message, long sequence) {

        /** How many messages the conversation has with this one: a note is none. */
        long lastSequence() {
            return message.isNote() ? 0 : sequence;
        }

        /** When the conversation was last active, if this one is its latest: a note is no activity. */
        Instant lastSentAt() {
            return message.isNote() ? Instant.EPOCH : message.sentAt();
        }
    }

    private final JdbcClient jdbc;

    HistoryTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Waits until no other import runs. Returns the database's time then. */
    Instant lockImports() {
        return jdbc.sql(ONE_AT_A_TIME).query(OffsetDateTime.class).single().toInstant();
    }

    Map<UUID, Known> lock(Collection<UUID> ids) {
        Map<UUID, Known> known = new HashMap<>();
        jdbc.sql(LOCK)
                .param("ids", uuids(ids.stream()))
                .query(HistoryTables::known)
                .list()
                .forEach(one -> known.put(one.id(), one));
        return known;
    }

    Map<UUID, Present> present(Collection<UUID> ids) {
        Map<UUID, Present> present = new HashMap<>();
        jdbc.sql(PRESENT).param("ids", uuids(ids.stream())).query(row -> {
            present.put(
                    row.getObject("id", UUID.class),
                    new Present(
                            row.getObject("conversation_id", UUID.class),
                            row.getObject("sender_id", UUID.class),
                            instant(row, "sent_at")));
        });
        return present;
    }

    /** Adds conversations, or updates them to their {@code latest} message, which is a note only if nothing else is new. */
    void save(Collection<Placed> latest) {
        jdbc.sql(SAVE)
                .param("ids", uuids(latest.stream().map(of(PastMessage::conversationId))))
                .param("ones", uuids(latest.stream().map(of(PastMessage::clientId))))
                .param("others", uuids(latest.stream().map(of(PastMessage::accountId))))
                .param("sequences", sequences(latest.stream().map(Placed::lastSequence)))
                .param("times", times(latest.stream().map(Placed::lastSentAt)))
                .update();
    }

    void add(List<Placed> messages) {
        jdbc.sql(ADD)
                .param("ids", uuids(messages.stream().map(of(PastMessage::id))))
                .param("conversations", uuids(messages.stream().map(of(PastMessage::conversationId))))
                .param("sequences", sequences(messages.stream().map(Placed::sequence)))
                .param("senders", uuids(messages.stream().map(of(PastMessage::senderId))))
                .param(
                        "providers",
                        new SqlArrayValue(
                                "uuid",
                                messages.stream()
                                        .map(placed -> placed.message().writtenFor())
                                        .toArray()))
                .param(
                        "kinds",
                        texts(messages.stream().map(of(message -> message.kind().name()))))
                .param("times", times(messages.stream().map(of(PastMessage::sentAt))))
                .update();
    }

    private static <T> Function<Placed, T> of(Function<PastMessage, T> field) {
        return placed -> field.apply(placed.message());
    }

    private static SqlArrayValue uuids(Stream<UUID> ids) {
        return new SqlArrayValue("uuid", ids.toArray());
    }

    private static SqlArrayValue texts(Stream<String> texts) {
        return new SqlArrayValue("text", texts.toArray());
    }

    private static SqlArrayValue sequences(Stream<Long> sequences) {
        return new SqlArrayValue("int8", sequences.toArray());
    }

    private static SqlArrayValue times(Stream<Instant> times) {
        return new SqlArrayValue("timestamptz", times.map(Instant::toString).toArray());
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        return new Known(
                row.getObject("id", UUID.class),
                row.getObject("user_a", UUID.class),
                row.getObject("user_b", UUID.class),
                row.getLong("last_sequence"),
                row.getBoolean("deleted"));
    }
}
