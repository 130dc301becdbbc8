package io.replymeter.benchmarks.requests;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whose metrics can be asked for. */
final class StoredProviders {

    private static final String PROVIDERS = """
            SELECT provider_id FROM daily_metrics GROUP BY provider_id ORDER BY provider_id
            """;

    private StoredProviders() {}

    /** @param connection to the metrics service's database */
    static List<String> of(Connection connection) throws SQLException {
        List<String> providers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PROVIDERS)) {
            while (row.next()) {
                providers.add(row.getString(1));
            }
        }
        return providers;
    }
}
