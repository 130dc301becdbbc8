package io.replymeter.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** A server that takes no writes any more, but ends no connection. */
@MessagingTest
class DemotedServerTest {

    @Autowired
    Api api;

    @Autowired
    DataSource database;

    @Value("${spring.datasource.hikari.maximum-pool-size:10}")
    int connections;

    @Test
    void connectionsToItLeaveThePoolAndThenPostsAreAccepted() throws SQLException {
        UUID client = api.newUser("CLIENT");
        String body = "{\"recipientId\":\"" + api.newUser("PROVIDER") + "\",\"body\":\"Hello\"}";
        makeAllReadOnly();

        api.problem(503, "try-again", api.post(Api.user(client), "/api/v1/messages", body));
        for (int i = 1; i < connections; i++) {
            api.post(Api.user(client), "/api/v1/messages", body);
        }

        assertThat(api.post(Api.user(client), "/api/v1/messages", body)).hasStatus(201);
    }

    private void makeAllReadOnly() throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Connection connection = database.getConnection();
            all.add(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET default_transaction_read_only = on");
            }
        }
        for (Connection connection : all) {
            connection.close();
        }
    }
}
