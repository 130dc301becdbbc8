package io.replymeter.messaging.erasure;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Erased users of whom something is still to be removed. The instance that claims one has it alone for a minute after its
 * last step: what an instance leaves undone, because it ended or because something fails, is taken up again then, after the
 * others. Thread-safe.
 */
@Repository
class Erasures {

    private static final String ADD = "INSERT INTO erasures (user_id) VALUES (:user) ON CONFLICT DO NOTHING";

    private static final String CLAIM = """
            UPDATE erasures SET due_at = now() + interval '1 minute'
            WHERE user_id = (
                SELECT user_id FROM erasures WHERE due_at <= now()
                ORDER BY due_at, user_id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING user_id
            """;

    private static final String KEEP = "UPDATE erasures SET due_at = now() + interval '1 minute' WHERE user_id = :user";

    private static final String FINISH = "DELETE FROM erasures WHERE user_id = :user";

    private static final String IS_UNDER_WAY = "SELECT EXISTS (SELECT FROM erasures WHERE user_id = :user)";

    private final JdbcClient jdbc;

    Erasures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(UUID user) {
        jdbc.sql(ADD).param("user", user).update();
    }

    Optional<UUID> claim() {
        return jdbc.sql(CLAIM)
                .query((row, number) -> row.getObject("user_id", UUID.class))
                .optional();
    }

    /** Keeps the claim and locks out others until the transaction ends. Returns false once the erasure is finished. */
    boolean keep(UUID user) {
        return jdbc.sql(KEEP).param("user", user).update() == 1;
    }

    void finish(UUID user) {
        jdbc.sql(FINISH).param("user", user).update();
    }

    boolean isUnderWay(UUID user) {
        return jdbc.sql(IS_UNDER_WAY).param("user", user).query(Boolean.class).single();
    }
}
