package io.replymeter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {

    @TempDir
    Path folder;

    @Test
    void theBrokersDataSurviveBeingKilled() throws Exception {
        int port = Ports.free();
        KafkaServer first = KafkaServer.start(folder, port);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", first.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1)))
                    .all()
                    .get();
        }
        first.kill();
        assertThat(Ports.isListening(port)).isFalse();

        try (KafkaServer again = KafkaServer.start(folder, port);
                Admin admin = Admin.create(Map.of("bootstrap.servers", again.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).contains("kept");
        }
    }

    @Test
    void aBrokerThatCannotStartSaysWhereItsLogLies() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/meta.properties"), "version=1\ncluster.id=somebody-elses\nnode.id=9\n");

        assertThatThrownBy(() -> KafkaServer.start(folder, Ports.free()))
                .isInstanceOf(ServerDidNotStart.class)
                .hasMessageContaining("kafka.log");
    }

    @Test
    void theDatabaseIsDurableAndSurvivesARestart() throws Exception {
        int port = Ports.free();
        try (PostgresqlServer first = PostgresqlServer.start(folder, port, Map.of())) {
            first.createDatabase("kept");
            assertThat(show(first.jdbcUrl("kept"), "fsync")).isEqualTo("on");
            assertThat(show(first.jdbcUrl("kept"), "synchronous_commit")).isEqualTo("on");
        }
        try (PostgresqlServer again = PostgresqlServer.start(folder, port, Map.of())) {
            again.createDatabase("kept");
            assertThat(show(again.jdbcUrl("kept"), "fsync")).isEqualTo("on");
        }
    }

    private static String show(String url, String setting) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresqlServer.USER, "");
                ResultSet row = connection.createStatement().executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
