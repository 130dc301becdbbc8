package io.replymeter.messaging.user;

import io.replymeter.jdbc.Pipeline;
import io.replymeter.web.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who may not write: users whom the platform has banned or deactivated, and clients to a provider who has blocked them.
 * Thread-safe.
 */
@Repository
public class Blocks {

    private static final String REFUSED = """
            SELECT EXISTS (SELECT FROM bans WHERE user_id IN (:sender, :side)) AS banned,
                   EXISTS (SELECT FROM blocks WHERE provider_id = :recipient AND client_id = :side) AS blocked,
                   EXISTS (SELECT FROM users WHERE id IN (:sender, :side) AND deactivated_at IS NOT NULL) AS deactivated,
                   EXISTS (SELECT FROM users WHERE id = :recipient AND deactivated_at IS NOT NULL) AS gone
            """;

    private static final String BAN = "INSERT INTO bans (user_id) VALUES (:user) ON CONFLICT DO NOTHING";

    private static final String LIFT_BAN = "DELETE FROM bans WHERE user_id = :user";

    private static final String BLOCK =
            "INSERT INTO blocks (provider_id, client_id) VALUES (:provider, :client) ON CONFLICT DO NOTHING";

    private static final String LIFT_BLOCK = "DELETE FROM blocks WHERE provider_id = :provider AND client_id = :client";

    private static final String FORGET = "DELETE FROM blocks WHERE :user IN (provider_id, client_id)";

    private final JdbcClient jdbc;

    Blocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Refuses a message of a banned, blocked or deactivated user, and one to a deactivated user. Call it under the
     * conversation's row lock: a message that is let through is then seen by whoever excuses the conversation's inquiry, or
     * erases the conversation, afterwards.
     *
     * @param side the participant for whom {@code sender} writes
     * @return to be run once the pipeline has: it throws the {@link Problem} when the message may not be written
     */
    public Runnable check(Pipeline pipeline, UUID sender, UUID side, UUID recipient) {
        List<Optional<Problem>> answer = pipeline.query(
                REFUSED,
                Map.of("sender", sender, "side", side, "recipient", recipient),
                (row, number) -> Optional.ofNullable(refusal(row)));
        return () -> answer.get(0).ifPresent(refusal -> {
            throw refusal;
        });
    }

    private static @Nullable Problem refusal(ResultSet row) throws SQLException {
        if (row.getBoolean("banned")) {
            return new Problem(
                    HttpStatus.FORBIDDEN,
                    "user-banned",
                    "This user may not write any more",
                    "An administrator has banned the sender, or the provider written for: ask an administrator to lift it.");
        }
        if (row.getBoolean("deactivated")) {
            return new Problem(
                    HttpStatus.FORBIDDEN,
                    "user-deactivated",
                    "This user is deactivated",
                    "The sender, or the provider written for, was deactivated: ask an administrator to reactivate them.");
        }
        if (row.getBoolean("gone")) {
            return unknownRecipient();
        }
        if (row.getBoolean("blocked")) {
            return new Problem(
                    HttpStatus.FORBIDDEN,
                    "blocked-by-recipient",
                    "This provider takes no messages from you",
                    "The provider has blocked you: write to another provider.");
        }
        return null;
    }

    public static Problem unknownRecipient() {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "unknown-recipient",
                "There is no such recipient",
                "The recipient must be an existing user who is not deactivated.");
    }

    /** Lifts every ban and block that names the user. */
    public void forget(UUID user) {
        liftBan(user);
        jdbc.sql(FORGET).param("user", user).update();
    }

    public void ban(UUID user) {
        jdbc.sql(BAN).param("user", user).update();
    }

    public void liftBan(UUID user) {
        jdbc.sql(LIFT_BAN).param("user", user).update();
    }

    public void block(UUID provider, UUID client) {
        jdbc.sql(BLOCK).param("provider", provider).param("client", client).update();
    }

    public void liftBlock(UUID provider, UUID client) {
        jdbc.sql(LIFT_BLOCK).param("provider", provider).param("client", client).update();
    }
}
