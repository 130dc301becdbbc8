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

/**
 * One broker and one PostgreSQL for all tests of a JVM, on free ports, started on first use: {@link EmbeddedServers},
 * or those of the {@link ServerProvider} on the class path. Tests keep out of each other's way with databases and topics
 * of their own.
 */
public final class TestServers {

    private static final ServerProvider PROVIDER =
            ServiceLoader.load(ServerProvider.class).findFirst().orElseGet(EmbeddedServers::new);

    private TestServers() {}

    /** Starts this run's kind of servers. */
    public static ServerProvider provider() {
        return PROVIDER;
    }

    /** The broker of this JVM's tests, which none of them kills. */
    public static Broker kafka() {
        return Kafka.SERVER;
    }

    /** A broker of a test's own, on a free port, to be killed and closed by it. */
    public static Broker newKafka(Path folder) {
        return PROVIDER.startKafka(folder, Ports.free(), log(folder));
    }

    /** The PostgreSQL of this JVM's tests. */
    public static DatabaseServer postgresql() {
        return Postgresql.SERVER;
    }

    /** A new, empty database. */
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
