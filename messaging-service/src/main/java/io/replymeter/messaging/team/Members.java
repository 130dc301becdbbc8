package io.replymeter.messaging.team;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who is a member of whose team. It is asked anew for each request, so that who leaves has no access from then on. */
@Repository
public class Members {

    /** The most members that a team has, so that a list of them has an end. */
    static final int MOST = 500;

    private static final String ADD = """
            INSERT INTO team_members (provider_id, member_id)
            SELECT :provider, :member
            WHERE (SELECT count(*) FROM team_members WHERE provider_id = :provider) < :most
            ON CONFLICT DO NOTHING
            """;

    private static final String REMOVE =
            "DELETE FROM team_members WHERE provider_id = :provider AND member_id = :member";

    private static final String LIST =
            "SELECT member_id FROM team_members WHERE provider_id = :provider ORDER BY added_at, member_id";

    private static final String HAS = """
            SELECT EXISTS (SELECT FROM team_members WHERE provider_id = :provider AND member_id = :member)
            """;

    private static final String FORGET = "DELETE FROM team_members WHERE :user IN (provider_id, member_id)";

    private final JdbcClient jdbc;

    Members(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether {@code user} may read and answer for this provider: its member, or the provider itself. */
    public boolean mayActFor(UUID provider, UUID user) {
        return provider.equals(user) || has(provider, user);
    }

    /**
     * The participant of a conversation for whom {@code user} reads and writes there: the user, or else a provider whose
     * member the user is. Empty for a stranger.
     */
    public Optional<UUID> sideOf(UUID user, List<UUID> participants) {
        return participants.contains(user)
                ? Optional.of(user)
                : participants.stream()
                        .filter(participant -> has(participant, user))
                        .findFirst();
    }

    boolean has(UUID provider, UUID user) {
        return jdbc.sql(HAS)
                .param("provider", provider)
                .param("member", user)
                .query(Boolean.class)
                .single();
    }

    /** Adds a member. Returns whether they are one now: not when the team is full. */
    boolean add(UUID provider, UUID user) {
        int added = jdbc.sql(ADD)
                .param("provider", provider)
                .param("member", user)
                .param("most", MOST)
                .update();
        return added == 1 || has(provider, user);
    }

    void remove(UUID provider, UUID user) {
        jdbc.sql(REMOVE).param("provider", provider).param("member", user).update();
    }

    /** Removes the user from all teams, and everybody from the user's own. */
    public void forget(UUID user) {
        jdbc.sql(FORGET).param("user", user).update();
    }

    /** The members, in the order in which they came. */
    List<UUID> of(UUID provider) {
        return jdbc.sql(LIST)
                .param("provider", provider)
                .query((row, number) -> row.getObject("member_id", UUID.class))
                .list();
    }
}
