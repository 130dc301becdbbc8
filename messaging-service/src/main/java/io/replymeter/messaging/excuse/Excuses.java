package io.replymeter.messaging.excuse;

import static io.replymeter.jdbc.TimeColumns.instant;

import io.replymeter.events.ExcuseReason;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Which messages were excused, at most once by the provider and once by the platform. */
@Repository
class Excuses {

    private static final String ADD = """
            INSERT INTO excuses (message_id, excused_by, reason, excused_at)
            SELECT id, :by, :reason, clock_timestamp() FROM unnest(:messages::uuid[]) AS excused (id)
            ON CONFLICT (message_id, excused_by) DO NOTHING
            RETURNING message_id, reason, excused_at
            """;

    private static final String FIND =
            "SELECT message_id, reason, excused_at FROM excuses WHERE message_id = :message AND excused_by = :by";

    private final JdbcClient jdbc;

    Excuses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Excuses those of {@code messages} that this side has not excused before, and returns what is new. */
    List<Excuse> add(Collection<UUID> messages, ExcuseReason reason, ExcusedBy by) {
        return jdbc.sql(ADD)
                .param("messages", new SqlArrayValue("uuid", messages.toArray()))
                .param("reason", reason.name())
                .param("by", by.name())
                .query(Excuses::excuse)
                .list();
    }

    Excuse find(UUID message, ExcusedBy by) {
        return jdbc.sql(FIND)
                .param("message", message)
                .param("by", by.name())
                .query(Excuses::excuse)
                .single();
    }

    private static Excuse excuse(ResultSet row, int number) throws SQLException {
        return new Excuse(
                row.getObject("message_id", UUID.class),
                ExcuseReason.valueOf(row.getString("reason")),
                instant(row, "excused_at"));
    }
}
