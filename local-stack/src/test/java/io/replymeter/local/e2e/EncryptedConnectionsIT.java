package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Broker;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.DatabaseServer;
import io.replymeter.embedded.KafkaServer;
import io.replymeter.embedded.PostgresqlServer;
import io.replymeter.embedded.ServerProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Both services with a Kafka and a PostgreSQL that take nothing but TLS, and with a password for both. */
class EncryptedConnectionsIT {

    private static final String KAFKA_PASSWORD = UUID.randomUUID().toString();
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"replymeter\" password=\"" + KAFKA_PASSWORD + "\"";

    @TempDir
    private static Path folder;

    private static ServerCertificate certificate;
    private static OwnStack stack;

    @BeforeAll
    static void startsWithCertificates() throws Exception {
        certificate = ServerCertificate.in(folder);
        stack = new OwnStack(Files.createDirectory(folder.resolve("data")), new TlsServers(), serviceArguments());
    }

    @AfterAll
    static void stops() {
        stack.close();
    }

    @Test
    void aQuestionAndItsAnswerAreMeasured() throws SQLException {
        UUID client = stack.newUser("CLIENT");
        UUID provider = stack.newUser("PROVIDER");
        write(client, provider);
        write(provider, client);

        String reader = stack.token("profiles", "metrics:read");
        await().until(() -> stack.metrics()
                .get("/api/v1/providers/" + provider + "/inquiries", reader)
                .expect(200)
                .path("inquiries")
                .path(0)
                .path("outcome")
                .asString("")
                .equals("ANSWERED"));
        rebuild(stack.metrics());
        assertThat(unencryptedSessions()).isEmpty();
    }

    private static void rebuild(Api metrics) {
        String ops = stack.token("ops", "metrics:ops");
        int generation = metrics.post("/ops/v1/rebuilds", ops, Map.of())
                .expect(201)
                .path("generation")
                .asInt();
        await().until(() -> metrics.get("/ops/v1/rebuilds/" + generation, ops)
                .expect(200)
                .path("state")
                .asString("")
                .equals("READY"));
    }

    /** The names of the applications that are connected without TLS. */
    private static List<String> unencryptedSessions() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection =
                        stack.processes().postgresql().database("postgres").connect();
                ResultSet row = connection.createStatement().executeQuery("""
                        SELECT application_name FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)
                        WHERE client_port IS NOT NULL AND NOT ssl
                        """)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private static JsonNode write(UUID from, UUID to) {
        return stack.messaging()
                .post("/api/v1/messages", stack.token(from.toString()), Map.of("recipientId", to, "body", "Encrypted."))
                .expect(201);
    }

    /** As docs/operate.md names them. The database's come with its URL. */
    private static List<String> serviceArguments() {
        return List.of(
                "--spring.ssl.bundle.pem.kafka.truststore.certificate="
                        + certificate.certificate().toUri(),
                "--spring.kafka.ssl.bundle=kafka",
                "--spring.kafka.security.protocol=SASL_SSL",
                "--spring.kafka.properties.sasl.mechanism=PLAIN",
                "--spring.kafka.properties.sasl.jaas.config=" + LOGIN + ";");
    }

    private static final class TlsServers implements ServerProvider {

        @Override
        public Broker startKafka(Path kafka, int port, Path log) {
            Map<String, String> settings = Map.of(
                    "listener.security.protocol.map",
                    "CONTROLLER:PLAINTEXT,CLIENT:SASL_SSL",
                    "sasl.enabled.mechanisms",
                    "PLAIN",
                    "sasl.mechanism.inter.broker.protocol",
                    "PLAIN",
                    "listener.name.client.plain.sasl.jaas.config",
                    LOGIN + " user_replymeter=\"" + KAFKA_PASSWORD + "\";",
                    "ssl.keystore.location",
                    certificate.keyStore().toString(),
                    "ssl.keystore.password",
                    ServerCertificate.PASSWORD,
                    "ssl.truststore.location",
                    certificate.keyStore().toString(),
                    "ssl.truststore.password",
                    ServerCertificate.PASSWORD);
            return KafkaServer.start(kafka, port, log, settings);
        }

        @Override
        public DatabaseServer startPostgresql(Path postgresql, int port, Map<String, String> settings, Path log) {
            Map<String, String> tls = Map.of(
                    "ssl", "on",
                    "ssl_cert_file", "'" + certificate.certificate() + "'",
                    "ssl_key_file", "'" + certificate.key() + "'");
            return new TlsDatabaseServer(PostgresqlServer.start(postgresql, port, tls, log));
        }
    }

    private record TlsDatabaseServer(DatabaseServer server) implements DatabaseServer {

        @Override
        public Database database(String name) {
            Database plain = server.database(name);
            String url = plain.jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + certificate.certificate();
            return new Database(name, url, plain.username(), plain.password());
        }

        @Override
        public CompletableFuture<?> onExit() {
            return server.onExit();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
