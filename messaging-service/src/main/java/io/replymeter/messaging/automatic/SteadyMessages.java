package io.replymeter.messaging.automatic;

import static io.replymeter.jdbc.TimeColumns.instant;

import io.replymeter.jdbc.Pipeline;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * In which conversations providers write again and again, each time just under a day after they last wrote: no question of the
 * client then opens an inquiry (rule 3). Thread-safe.
 */
@Repository
public class SteadyMessages {

    /** So many in a row hardly happen to a person, who writes later than the day before every other time. */
    private static final int UNUSUAL = 10;

    /** More conversations are not kept of one provider, so that a bot costs no more than this. */
    private static final int KEPT = 100;

    private static final String ADD_IF_STEADY = """
            INSERT INTO steady_messages (provider_id, conversation_id, in_a_row, written_at)
            SELECT :provider, :conversation, CASE WHEN known.written_at = before.sent_at THEN in_a_row + 1 ELSE 1 END, :at
            FROM (SELECT sent_at FROM messages
                  WHERE conversation_id = :conversation AND sent_at < :at AND sent_at > :at - interval '24 hours'
                    AND coalesce(provider_id, sender_id) = :provider AND kind IN ('HUMAN', 'ACTION')
                  ORDER BY sent_at DESC, id DESC LIMIT 1) AS before
            LEFT JOIN steady_messages AS known ON provider_id = :provider AND conversation_id = :conversation
            WHERE before.sent_at <= :at - interval '20 hours'
              AND (known.provider_id IS NOT NULL
                   OR (SELECT count(*) FROM steady_messages WHERE provider_id = :provider) < :kept)
            ON CONFLICT (provider_id, conversation_id) DO UPDATE
            SET in_a_row = excluded.in_a_row, written_at = excluded.written_at
            """;

    private static final String LOOKING_AUTOMATIC = """
            SELECT provider_id, max(in_a_row) AS in_a_row, max(written_at) AS latest
            FROM steady_messages WHERE in_a_row >= :unusual AND written_at > now() - interval '1 day'
            GROUP BY provider_id ORDER BY provider_id LIMIT 1000
            """;

    private static final String FORGET = """
            DELETE FROM steady_messages WHERE (provider_id, conversation_id) IN (
                SELECT provider_id, conversation_id FROM steady_messages
                WHERE written_at < now() - interval '1 day' LIMIT 5000)
            """;

    private final JdbcClient jdbc;

    SteadyMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps a provider's message if it came 20 to 24 hours after the provider's last one. Runs in the message's transaction.
     *
     * @param at when it was written
     */
    public void watch(Pipeline pipeline, UUID provider, UUID conversation, Instant at) {
        pipeline.update(
                ADD_IF_STEADY,
                Map.of(
                        "provider", provider,
                        "conversation", conversation,
                        "at", at.atOffset(ZoneOffset.UTC),
                        "kept", KEPT));
    }

    /** At most 1,000 providers with 10 or more such messages in a row in one conversation. */
    List<Suspect> suspects() {
        return jdbc.sql(LOOKING_AUTOMATIC)
                .param("unusual", UNUSUAL)
                .query((row, number) -> new Suspect(
                        row.getObject("provider_id", UUID.class), 0, row.getInt("in_a_row"), instant(row, "latest")))
                .list();
    }

    /** Deletes what is older than a day, some thousands at a time. */
    void forget() {
        int forgotten;
        do {
            forgotten = jdbc.sql(FORGET).update();
        } while (forgotten > 0);
    }
}
