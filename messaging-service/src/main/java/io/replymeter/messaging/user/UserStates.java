package io.replymeter.messaging.user;

import io.replymeter.jdbc.Pipeline;
import io.replymeter.web.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which users are here, and which were deactivated or erased. It is asked anew for each request. Thread-safe. */
@Repository
public class UserStates {

    private static final String FIND = """
            SELECT CASE WHEN erased_at IS NOT NULL THEN 'ERASED'
                        WHEN deactivated_at IS NOT NULL THEN 'DEACTIVATED'
                        ELSE 'ACTIVE' END
            FROM users WHERE id = :user
            """;

    private static final String DEACTIVATE =
            "UPDATE users SET deactivated_at = coalesce(deactivated_at, now()) WHERE id = :user";

    private static final String REACTIVATE =
            "UPDATE users SET deactivated_at = NULL WHERE id = :user AND erased_at IS NULL";

    /** Waits for transactions that write messages or conversations of the user, whose foreign keys hold the row. */
    private static final String LOCK = "SELECT true FROM users WHERE id = :user FOR UPDATE";

    private static final String ERASE = """
            UPDATE users
            SET deactivated_at = coalesce(deactivated_at, now()), erased_at = now(), display_name = '', bio = NULL
            WHERE id = :user AND erased_at IS NULL
            """;

    /** Nobody of them is erased until the transaction ends. */
    private static final String ERASED_AMONG = """
            SELECT id FROM (SELECT id, erased_at FROM users WHERE id = ANY(:users) ORDER BY id FOR KEY SHARE) AS locked
            WHERE erased_at IS NOT NULL
            """;

    private final JdbcClient jdbc;

    UserStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty if there was never such a user. */
    Optional<UserState> of(UUID user) {
        return jdbc.sql(FIND).param("user", user).query(UserState.class).optional();
    }

    /** The same once the pipeline has run. */
    List<UserState> of(Pipeline pipeline, UUID user) {
        return pipeline.query(FIND, Map.of("user", user), (row, number) -> UserState.valueOf(row.getString(1)));
    }

    /** @throws Problem when there is no such user */
    void deactivate(UUID user) {
        if (jdbc.sql(DEACTIVATE).param("user", user).update() == 0) {
            throw userNotFound();
        }
    }

    /** @throws Problem when there is no such user, or no more */
    void reactivate(UUID user) {
        if (jdbc.sql(REACTIVATE).param("user", user).update() == 0) {
            throw of(user).isPresent() ? erasedForGood() : userNotFound();
        }
    }

    /**
     * Deactivates a user for good and removes what they are called and say of themselves. After the commit nothing that
     * names them is written any more.
     *
     * @return false if they were erased before
     * @throws Problem when there is no such user
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean erase(UUID user) {
        if (jdbc.sql(LOCK).param("user", user).query(Boolean.class).optional().isEmpty()) {
            throw userNotFound();
        }
        return jdbc.sql(ERASE).param("user", user).update() == 1;
    }

    /** Those of {@code users} who were erased. No other is erased before the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<UUID> erasedAmong(Collection<UUID> users) {
        return new HashSet<>(jdbc.sql(ERASED_AMONG)
                .param("users", new SqlArrayValue("uuid", users.toArray()))
                .query((row, number) -> row.getObject("id", UUID.class))
                .list());
    }

    /** For a caller whose token names a user who was never added. */
    public static Problem unknownUser() {
        return new Problem(
                HttpStatus.FORBIDDEN,
                "unknown-user",
                "The token is valid, but its user is not known here",
                "Use the token of an existing user, or ask an administrator to add the user first.");
    }

    static Problem erasedForGood() {
        return new Problem(
                HttpStatus.CONFLICT,
                "user-was-erased",
                "This user was erased",
                "An erased user does not come back: add them as a new user, with another id.");
    }

    private static Problem userNotFound() {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "user-not-found",
                "There is no such user",
                "Check the id: it must be that of an existing user.");
    }
}
