package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Checksum;
import io.replymeter.benchmarks.result.DailyResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** What a metrics service has in its tables. */
final class StoredResults {

    private static final String DAYS = """
            SELECT provider_id, day - date '1970-01-01' AS day, inquiries, answered, answered_late, response_micros
            FROM daily_metrics WHERE generation = ?
            """;

    private StoredResults() {}

    /** @param end of the log */
    static String checksum(Connection connection, int generation, Instant end) throws SQLException {
        Checksum checksum = new Checksum(end);
        try (PreparedStatement statement = connection.prepareStatement(DAYS)) {
            statement.setInt(1, generation);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    checksum.add(new DailyResult(
                            row.getObject("provider_id", UUID.class),
                            row.getInt("day"),
                            row.getLong("inquiries"),
                            row.getLong("answered"),
                            row.getLong("answered_late"),
                            row.getLong("response_micros")));
                }
            }
        }
        return checksum.toString();
    }
}
