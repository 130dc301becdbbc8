package io.replymeter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

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
        private static final Path FOLDER = temporaryFolder("kafka");
        static final KafkaServer SERVER = KafkaServer.start(FOLDER.resolve("data"), Ports.free(), log(FOLDER));

        static {
            atExit(SERVER::kill, FOLDER);
        }
    }

    private static final class Postgresql {
        private static final Path FOLDER = temporaryFolder("postgresql");
        static final PostgresqlServer SERVER =
                PostgresqlServer.start(FOLDER.resolve("data"), Ports.free(), Map.of(), log(FOLDER));

        static {
            atExit(SERVER::close, FOLDER);
        }
    }

    private static Path log(Path folder) {
        return folder.resolve("server.log");
    }

    private static Path temporaryFolder(String name) {
        try {
            return Files.createTempDirectory("replymeter-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void atExit(Runnable stop, Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.run();
            delete(folder);
        }));
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
