package io.replymeter.metrics;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import java.util.List;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;

/** Boot's service connections to the servers of this run. */
final class Connections {

    private Connections() {}

    static KafkaConnectionDetails kafka() {
        return () -> List.of(TestServers.kafka().bootstrapServers());
    }

    static JdbcConnectionDetails to(Database database) {
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return database.jdbcUrl();
            }

            @Override
            public String getUsername() {
                return database.username();
            }

            @Override
            public String getPassword() {
                return database.password();
            }
        };
    }
}
