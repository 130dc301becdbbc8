package io.replymeter.embedded;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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
    void theBrokersDataSurviveBeingKilledAndItStopsCleanlyWhenAsked() throws Exception {
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
        assertThat(folder.resolve("data/.kafka_cleanshutdown")).exists();
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
            assertThat(show(first.database("kept"), "fsync")).isEqualTo("on");
            assertThat(show(first.database("kept"), "synchronous_commit")).isEqualTo("on");
        }
        try (PostgresqlServer again = PostgresqlServer.start(folder, port, Map.of())) {
            again.createDatabase("kept");
            assertThat(show(again.database("kept"), "fsync")).isEqualTo("on");
        }
    }

    @Test
    void whatAKilledOwnerLeavesBehindEndsByItselfOrAtTheNextStart() {
        int kafkaPort = Ports.free();
        int postgresqlPort = Ports.free();
        List<String> arguments =
                List.of(folder.toString(), Integer.toString(kafkaPort), Integer.toString(postgresqlPort));
        JavaProcess owner = JavaProcess.start(
                List.of(),
                System.getProperty("java.class.path"),
                KilledOwner.class.getName(),
                arguments,
                folder.resolve("owner.log"));
        await().atMost(ofSeconds(60)).until(() -> Ports.isListening(kafkaPort) && Ports.isListening(postgresqlPort));

        owner.kill();

        await().atMost(ofSeconds(10)).until(() -> !Ports.isListening(kafkaPort));
        assertThat(Ports.isListening(postgresqlPort)).isTrue();
        Path data = folder.resolve("postgresql");
        try (PostgresqlServer again = PostgresqlServer.start(data, postgresqlPort, Map.of())) {
            assertThat(again.isAlive()).isTrue();
        }
    }

    @Test
    void aProcessIdThatBelongsToAnotherProcessByNowIsNoLock() throws Exception {
        int port = Ports.free();
        Path data = folder.resolve("postgresql");
        PostgresqlServer.start(data, port, Map.of()).close();
        Files.writeString(
                data.resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + data + "\n1700000000\n" + port + "\n\nlocalhost\n\nready\n");

        try (PostgresqlServer again = PostgresqlServer.start(data, port, Map.of())) {
            assertThat(again.isAlive()).isTrue();
        }
    }

    private static String show(Database database, String setting) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet row = connection.createStatement().executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
