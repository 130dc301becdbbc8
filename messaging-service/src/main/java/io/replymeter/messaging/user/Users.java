package io.replymeter.messaging.user;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** All users. They are added and looked up, never changed here. */
public interface Users extends Repository<User, UUID> {

    Optional<User> findById(UUID id);

    List<User> findAllById(Iterable<UUID> ids);

    /** Adds a user, unless the id is taken. Returns whether it was added. */
    @Modifying
    @Query("""
            INSERT INTO users (id, role, display_name) VALUES (:id, :role, :displayName)
            ON CONFLICT (id) DO NOTHING
            """)
    boolean addIfAbsent(UUID id, UserRole role, String displayName);
}
