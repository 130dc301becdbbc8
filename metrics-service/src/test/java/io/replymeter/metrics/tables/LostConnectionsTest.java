package io.replymeter.metrics.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.embedded.faults.Link;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class LostConnectionsTest {

    /** Otherwise the rollback waits for the same answer as long again. */
    @Test
    void aConnectionOnWhichACopyWasNotAnsweredIsEnded() throws SQLException, IOException {
        Database database = TestServers.newDatabase();
        URI server = URI.create(database.jdbcUrl().replaceFirst("jdbc:", ""));
        try (Link link = Link.to(server.getPort());
                Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/%s?socketTimeout=1".formatted(link.port(), database.name()),
                        database.username(),
                        database.password())) {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            jdbc.execute("CREATE TEMPORARY TABLE numbers (number bigint)");
            link.forgetConnections();

            assertThatThrownBy(() -> new BulkInsert(jdbc)
                            .add("numbers (number)", 1, List.of(1L, 2L), (row, number) -> row.bigint(number)))
                    .isInstanceOf(DataAccessException.class);

            assertThat(connection.isClosed()).isTrue();
        }
    }
}
