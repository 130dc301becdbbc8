package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.result.Checksum;
import io.replymeter.benchmarks.result.DailyResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;

/** A peer's daily results in PostgreSQL. */
final class DailyTable {

    static final String CREATE = """
            CREATE TABLE daily (
                provider_id      uuid NOT NULL,
                day              integer NOT NULL,
                inquiries        bigint NOT NULL,
                answered         bigint NOT NULL,
                answered_late    bigint NOT NULL,
                response_micros  bigint NOT NULL,
                PRIMARY KEY (provider_id, day)
            )
            """;

    private static final String READ =
            "SELECT provider_id, day, inquiries, answered, answered_late, response_micros FROM daily";

    private DailyTable() {}

    static Checksum checksum(Connection connection, Instant end) throws SQLException {
        Checksum checksum = new Checksum(end);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ)) {
            while (row.next()) {
                checksum.add(new DailyResult(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)));
            }
        }
        return checksum;
    }
}
