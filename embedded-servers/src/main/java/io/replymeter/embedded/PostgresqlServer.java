package io.replymeter.embedded;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One PostgreSQL as a child process, durable ({@code fsync} and {@code synchronous_commit} on), on loopback only. It
 * outlives a {@code kill -9} of the JVM that started it; the next start on the same folder stops it first.
 */
public final class PostgresqlServer implements DatabaseServer {

    /** The only user, who needs no password. */
    private static final String USER = "postgres";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;
    private final PostmasterFile postmaster;

    private PostgresqlServer(EmbeddedPostgres server, PostmasterFile postmaster) {
        this.server = server;
        this.postmaster = postmaster;
    }

    /** Starts a server whose log is {@code server.log} beside its data; see {@link #start(Path, int, Map, Path)}. */
    public static PostgresqlServer start(Path folder, int port, Map<String, String> settings) {
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        return start(folder, port, settings, log);
    }

    /**
     * Starts a server and waits until it accepts connections. Its data survive: start it again on the same folder. The
     * caller must be the only one to start servers on this folder.
     *
     * @param folder its data; created when missing
     * @param port its port on loopback
     * @param settings server settings beyond the durable ones, such as {@code log_min_duration_statement}
     * @param log takes its output, appended
     * @throws ServerDidNotStart when it does not start
     */
    public static PostgresqlServer start(Path folder, int port, Map<String, String> settings, Path log) {
        refuseToRunAsRootWithoutNamespaces();
        PostmasterFile postmaster = new PostmasterFile(folder);
        postmaster.stopOrphan();
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(START_TIMEOUT)
                    .setOutputRedirector(Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(Redirect.appendTo(log.toFile()))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("unix_socket_directories", "''")
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("encoding", "UTF8");
            settings.forEach(builder::setServerConfig);
            return new PostgresqlServer(builder.start(), postmaster);
        } catch (IOException | IllegalStateException e) {
            throw new ServerDidNotStart("PostgreSQL did not start; its log says why: " + log, e);
        }
    }

    /**
     * Stops a server that a killed caller left behind on this folder, as every start does.
     *
     * @throws ServerDidNotStart when it does not stop
     */
    public static void stopOrphan(Path folder) {
        new PostmasterFile(folder).stopOrphan();
    }

    @Override
    public Database database(String name) {
        return new Database(name, "jdbc:postgresql://localhost:" + server.getPort() + "/" + name, USER, "");
    }

    public boolean isAlive() {
        return postmaster.process().isPresent();
    }

    /** The postmaster's, whose children are the server's other processes; fails when it does not run. */
    public long processId() {
        return postmaster.process().orElseThrow().pid();
    }

    @Override
    public CompletableFuture<?> onExit() {
        return postmaster
                .process()
                .<CompletableFuture<?>>map(ProcessHandle::onExit)
                .orElseGet(() -> completedFuture(null));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseToRunAsRootWithoutNamespaces() {
        if (isRoot() && !LinuxUtils.isUnshareAvailable()) {
            throw new ServerDidNotStart("PostgreSQL refuses to run as root, and `unshare -U` is missing or forbidden"
                    + " here: run as an ordinary user (a container: docker run --user 1000), or allow `unshare -U`");
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
