package io.replymeter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;

/**
 * One broker and one PostgreSQL for all tests of a JVM, started on first use on free ports: by the {@link
 * ServerProvider} on the class path, or else by {@link EmbeddedServers}. Every test uses its own database and topic.
 */
public final class TestServers {

    private static final ServerProvider PROVIDER =
            ServiceLoader.load(ServerProvider.class).findFirst().orElseGet(EmbeddedServers::new);

    private TestServers() {}

    /** Starts further servers of the same kind. */
    public static ServerProvider provider() {
        return PROVIDER;
    }

    /** The broker that all tests of this JVM share. No test kills it. */
    public static Broker kafka() {
        return Kafka.SERVER;
    }

    /** Starts another broker, which the test may kill and has to close. */
    public static Broker newKafka(Path folder) {
        return PROVIDER.startKafka(folder, Ports.free(), log(folder));
    }

    /** The PostgreSQL that all tests of this JVM share. */
    public static DatabaseServer postgresql() {
        return Postgresql.SERVER;
    }

    /** Creates an empty database. */
    public static Database newDatabase() {
        return postgresql()
                .createDatabase("test_" + UUID.randomUUID().toString().replace("-", ""));
    }

    private static final class Kafka {
        private static final Path FOLDER = temporaryFolder("kafka");
        static final Broker SERVER = newKafka(FOLDER);

        static {
            atExit(
                    () -> {
                        SERVER.kill();
                        SERVER.close();
                    },
                    FOLDER);
        }
    }

    private static final class Postgresql {
        private static final Path FOLDER = temporaryFolder("postgresql");
        static final DatabaseServer SERVER =
                PROVIDER.startPostgresql(FOLDER.resolve("data"), Ports.free(), Map.of(), log(FOLDER));

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

    /**
     * Stops a server after Spring has closed its contexts. A shutdown hook would run at the same time as Spring's, and
     * contexts that lose their servers wait for timeouts while they close.
     */
    private static void atExit(Runnable stop, Path folder) {
        SpringApplication.getShutdownHandlers().add(() -> {
            stop.run();
            delete(folder);
        });
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
