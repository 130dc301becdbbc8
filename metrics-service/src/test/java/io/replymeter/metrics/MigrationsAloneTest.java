package io.replymeter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** An update may migrate the database before any instance of the new version starts. */
class MigrationsAloneTest {

    @Test
    void theyEndByThemselvesAndNeedNothingButTheDatabase() throws SQLException {
        Database database = TestServers.newDatabase();

        MetricsApplication.main(new String[] {
            "migrate",
            "--spring.datasource.url=" + database.jdbcUrl(),
            "--spring.datasource.username=" + database.username(),
            "--spring.datasource.password=" + database.password()
        });

        try (Connection connection = database.connect();
                ResultSet table = connection.getMetaData().getTables(null, "public", "conversation", null)) {
            assertThat(table.next()).isTrue();
        }
    }
}
