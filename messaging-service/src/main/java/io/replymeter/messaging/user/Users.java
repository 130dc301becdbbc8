package io.replymeter.messaging.user;

import io.replymeter.jdbc.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** All users. They are added and looked up, never changed here. */
public interface Users extends Repository<User, UUID> {

    Optional<User> findById(UUID id);

    List<User> findAllById(Iterable<UUID> ids);

    /** Those of these two who are users, once the pipeline has run. */
    default List<User> findPair(Pipeline pipeline, UUID one, UUID other) {
        return pipeline.query(
                "SELECT id, role, display_name FROM users WHERE id IN (:one, :other)", // planned once, unlike an array
                Map.of("one", one, "other", other),
                (row, number) -> new User(
                        row.getObject("id", UUID.class),
                        UserRole.valueOf(row.getString("role")),
                        row.getString("display_name")));
    }

    /** Adds a user, unless the id is taken. Returns whether it was added. */
    @Modifying
    @Query("""
            INSERT INTO users (id, role, display_name) VALUES (:id, :role, :displayName)
            ON CONFLICT (id) DO NOTHING
            """)
    boolean addIfAbsent(UUID id, UserRole role, String displayName);
}
