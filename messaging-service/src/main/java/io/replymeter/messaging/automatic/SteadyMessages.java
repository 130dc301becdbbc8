package io.replymeter.messaging.automatic;

import static io.replymeter.jdbc.TimeColumns.instant;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * In which conversations providers write again and again, each time just under a day after they last wrote: no question of the
 * client then opens an inquiry (rule 3). Thread-safe.
 */
@Repository
public class SteadyMessages {

    /** A message between these times after the provider's last one is steady. */
    private static final Duration FROM = Duration.ofHours(20);

    private static final Duration TO = Duration.ofHours(24);

    /** So many in a row hardly happen to a person, who writes later than the day before every other time. */
    private static final int UNUSUAL = 10;

    /** More conversations are not kept of one provider, so that a bot costs no more than this. */
    private static final int KEPT = 100;

    private static final String ADD = """
            INSERT INTO steady_messages AS known (provider_id, conversation_id, in_a_row, written_at)
            SELECT :provider, :conversation, 1, :at
            WHERE (SELECT count(*) FROM steady_messages WHERE provider_id = :provider) < :kept
               OR EXISTS (SELECT FROM steady_messages WHERE provider_id = :provider AND conversation_id = :conversation)
            ON CONFLICT (provider_id, conversation_id) DO UPDATE
            SET in_a_row = CASE WHEN known.written_at = :before THEN known.in_a_row + 1 ELSE 1 END,
                written_at = excluded.written_at
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
     * Keeps a provider's message if it is steady. Call it in the transaction of the message.
     *
     * @param before when the provider last wrote in the conversation
     */
    public void add(UUID provider, UUID conversation, Instant before, Instant writtenAt) {
        Duration since = Duration.between(before, writtenAt);
        if (since.compareTo(FROM) < 0 || since.compareTo(TO) >= 0) {
            return;
        }
        jdbc.sql(ADD)
                .param("provider", provider)
                .param("conversation", conversation)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("at", writtenAt.atOffset(ZoneOffset.UTC))
                .param("kept", KEPT)
                .update();
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
