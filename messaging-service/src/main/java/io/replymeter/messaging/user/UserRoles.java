package io.replymeter.messaging.user;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Many users' roles at once, for imports. Thread-safe. */
@Repository
public class UserRoles {

    private static final String FIND = "SELECT id, role FROM users WHERE id = ANY(:ids)";

    /** A log has no names, so an imported user is named after the role and the id. */
    private static final String ADD = """
            INSERT INTO users (id, role, display_name)
            SELECT id, role, initcap(role) || ' ' || left(id::text, 8)
            FROM unnest(:ids::uuid[], :roles::text[]) AS added (id, role)
            ORDER BY id
            ON CONFLICT (id) DO NOTHING
            """;

    private final JdbcClient jdbc;

    UserRoles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The roles of the users in {@code ids} that exist. */
    public Map<UUID, UserRole> find(Collection<UUID> ids) {
        Map<UUID, UserRole> roles = new HashMap<>();
        jdbc.sql(FIND).param("ids", new SqlArrayValue("uuid", ids.toArray())).query(row -> {
            roles.put(row.getObject("id", UUID.class), UserRole.valueOf(row.getString("role")));
        });
        return roles;
    }

    /** Adds the users that do not exist yet. */
    public void addMissing(Map<UUID, UserRole> wanted) {
        jdbc.sql(ADD)
                .param("ids", new SqlArrayValue("uuid", wanted.keySet().toArray()))
                .param(
                        "roles",
                        new SqlArrayValue(
                                "text", wanted.values().stream().map(Enum::name).toArray()))
                .update();
    }
}
