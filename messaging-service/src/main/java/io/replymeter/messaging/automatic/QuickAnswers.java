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

/** In which conversations providers answered within seconds, during the last hour. Thread-safe. */
@Repository
public class QuickAnswers {

    /** More quick answers than this within an hour look automatic. */
    private static final int USUAL = 20;

    /** More are not kept of one provider, so that a bot costs no more than this. */
    private static final int KEPT = 100;

    private static final String ADD_IF_QUICK = """
            INSERT INTO quick_answers (provider_id, conversation_id, answered_at)
            SELECT :provider, :conversation, :at
            WHERE EXISTS (
                    SELECT FROM messages
                    WHERE conversation_id = :conversation AND sent_at < :at AND sent_at > :at - interval '5 seconds'
                      AND coalesce(provider_id, sender_id) = :client AND kind IN ('HUMAN', 'ACTION'))
              AND (SELECT count(*) FROM quick_answers WHERE provider_id = :provider) < :kept
            ON CONFLICT (provider_id, conversation_id) DO UPDATE SET answered_at = excluded.answered_at
            """;

    private static final String LOOKING_AUTOMATIC = """
            SELECT provider_id, count(*) AS answers, max(answered_at) AS latest
            FROM quick_answers WHERE answered_at > now() - interval '1 hour'
            GROUP BY provider_id HAVING count(*) > :usual
            ORDER BY provider_id LIMIT 1000
            """;

    private static final String FORGET = """
            DELETE FROM quick_answers WHERE (provider_id, conversation_id) IN (
                SELECT provider_id, conversation_id FROM quick_answers
                WHERE answered_at < now() - interval '1 hour' LIMIT 5000)
            """;

    private final JdbcClient jdbc;

    QuickAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps an answer if it came less than 5 seconds after the client's latest message. Runs in the answer's transaction.
     *
     * @param at when it was answered
     */
    public void watch(Pipeline pipeline, UUID provider, UUID client, UUID conversation, Instant at) {
        pipeline.update(
                ADD_IF_QUICK,
                Map.of(
                        "provider", provider,
                        "client", client,
                        "conversation", conversation,
                        "at", at.atOffset(ZoneOffset.UTC),
                        "kept", KEPT));
    }

    /** At most 1,000 providers with more than 20 quick answers within the last hour. */
    List<Suspect> suspects() {
        return jdbc.sql(LOOKING_AUTOMATIC)
                .param("usual", USUAL)
                .query((row, number) -> new Suspect(
                        row.getObject("provider_id", UUID.class), row.getInt("answers"), 0, instant(row, "latest")))
                .list();
    }

    /** Deletes what is older than an hour, some thousands at a time. */
    void forget() {
        int forgotten;
        do {
            forgotten = jdbc.sql(FORGET).update();
        } while (forgotten > 0);
    }
}
