package io.replymeter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * One broker and one PostgreSQL for all tests of a JVM, on free ports and in a temporary folder, started on first use.
 * Tests keep out of each other's way with databases and topics of their own.
 */
public final class TestServers {

    private TestServers() {}

    /** The broker of this JVM's tests. */
    public static KafkaServer kafka() {
        return Kafka.SERVER;
    }

    /** The PostgreSQL of this JVM's tests. */
    public static PostgresqlServer postgresql() {
        return Postgresql.SERVER;
    }

    /** The JDBC URL of a new, empty database. */
    public static String newDatabase() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        postgresql().createDatabase(name);
        return postgresql().jdbcUrl(name);
    }

    private static final class Kafka {
        static final KafkaServer SERVER = KafkaServer.start(temporaryFolder("kafka"), Ports.free());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::kill));
        }
    }

    private static final class Postgresql {
        static final PostgresqlServer SERVER =
                PostgresqlServer.start(temporaryFolder("postgresql"), Ports.free(), Map.of());
    }

    private static Path temporaryFolder(String name) {
        try {
            return Files.createTempDirectory("replymeter-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
