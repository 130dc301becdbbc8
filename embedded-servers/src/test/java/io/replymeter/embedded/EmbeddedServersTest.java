package io.replymeter.embedded;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void theBrokersDataSurviveBeingKilledAndItStopsCleanlyWhenAsked() throws Exception {
        int port = Ports.free();
        KafkaServer first = kafka(port);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", first.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1)))
                    .all()
                    .get();
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("data"))).isEqualTo(fromString("rwx------"));
        first.kill();
        assertThat(Ports.isListening(port)).isFalse();

        try (KafkaServer again = kafka(port);
                Admin admin = Admin.create(Map.of("bootstrap.servers", again.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).contains("kept");
        }
        assertThat(folder.resolve("data/.kafka_cleanshutdown")).exists();
    }

    @Test
    void aBrokerThatCannotStartSaysWhereItsLogLies() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/meta.properties"), "version=1\ncluster.id=somebody-elses\nnode.id=9\n");

        assertThatThrownBy(() -> kafka(Ports.free()))
                .isInstanceOf(ServerDidNotStart.class)
                .hasMessageContaining("kafka.log");
    }

    @Test
    void theDatabaseIsDurableAndSurvivesARestart() throws Exception {
        int port = Ports.free();
        try (PostgresqlServer first = postgresql(port)) {
            first.createDatabase("kept");
            assertThat(show(first.database("kept"), "fsync")).isEqualTo("on");
            assertThat(show(first.database("kept"), "synchronous_commit")).isEqualTo("on");
        }
        try (PostgresqlServer again = postgresql(port)) {
            again.createDatabase("kept");
            assertThat(show(again.database("kept"), "fsync")).isEqualTo("on");
        }
    }

    @Test
    void nobodyConnectsWithoutThePassword() throws Exception {
        try (PostgresqlServer server = postgresql(Ports.free())) {
            awaitThePasswordIsNeeded(server);
        }
    }

    @Test
    void dataOfAServerThatAskedNobodyGetAPasswordWithTheNextStart() throws Exception {
        try (PostgresqlServer server = postgresql(Ports.free())) {
            server.createDatabase("kept");
        }
        Files.delete(folder.resolve("postgresql.password"));

        try (PostgresqlServer server = postgresql(Ports.free())) {
            assertThat(show(server.database("kept"), "fsync")).isEqualTo("on");
            awaitThePasswordIsNeeded(server);
        }
    }

    private static void awaitThePasswordIsNeeded(PostgresqlServer server) {
        Database database = server.database("postgres");
        Database guessed = new Database(database.name(), database.jdbcUrl(), database.username(), "guessed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> show(guessed, "fsync"))
                        .hasMessageContaining("password authentication failed"));
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
        await().atMost(PATIENCE)
                .failFast("the owner has ended", () -> !owner.isAlive())
                .until(() -> Ports.isListening(kafkaPort) && Ports.isListening(postgresqlPort));

        owner.kill();

        await().atMost(PATIENCE).until(() -> !Ports.isListening(kafkaPort));
        assertThat(Ports.isListening(postgresqlPort)).isTrue();
        try (PostgresqlServer again = postgresql(postgresqlPort)) {
            assertThat(again.isAlive()).isTrue();
        }
    }

    @Test
    void aProcessIdThatBelongsToAnotherProcessByNowIsNoLock() throws Exception {
        int port = Ports.free();
        postgresql(port).close();
        Path data = folder.resolve("postgresql");
        Files.writeString(
                data.resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + data + "\n1700000000\n" + port + "\n\nlocalhost\n\nready\n");

        try (PostgresqlServer again = postgresql(port)) {
            assertThat(again.isAlive()).isTrue();
        }
    }

    @Test
    @Timeout(120)
    void aDatabaseThatCannotStartIsNotWaitedFor() {
        Map<String, String> settings = Map.of("no_such_setting", "on");
        Path data = folder.resolve("postgresql");

        assertThatThrownBy(() -> PostgresqlServer.start(data, Ports.free(), settings, folder.resolve("server.log")))
                .isInstanceOf(ServerDidNotStart.class)
                .hasMessageContaining("server.log");
        assertThat(folder.resolve("server.log")).content().contains("no_such_setting");
    }

    private KafkaServer kafka(int port) {
        return KafkaServer.start(folder, port, folder.resolve("kafka.log"), Map.of());
    }

    private PostgresqlServer postgresql(int port) {
        return PostgresqlServer.start(folder.resolve("postgresql"), port, Map.of(), folder.resolve("postgresql.log"));
    }

    private static String show(Database database, String setting) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
