package io.replymeter.embedded;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A PostgreSQL as a child process. It is durable ({@code fsync} and {@code synchronous_commit} are on) and listens on the
 * loopback interface only. If the JVM that started it is killed, it keeps running, and the next start on the same folder
 * stops it first.
 */
public final class PostgresqlServer implements DatabaseServer {

    /** The only user, who has a {@link PostgresqlPassword}. */
    private static final String USER = "postgres";

    /** Long enough for a busy machine; a server that fails to start ends, and so ends the wait. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int PAUSES_UNTIL_ENDED = 100;

    private final EmbeddedPostgres server;
    private final PostmasterFile postmaster;
    private final PostgresqlPassword password;

    private PostgresqlServer(EmbeddedPostgres server, PostmasterFile postmaster, PostgresqlPassword password) {
        this.server = server;
        this.postmaster = postmaster;
        this.password = password;
    }

    /**
     * Starts a server and waits until it accepts connections. Its data outlive it. Only one caller may start servers on a
     * folder at a time.
     *
     * @param folder its data; created if missing. The password is beside it, in a file named {@code folder} and {@code
     *     .password}
     * @param port its port on the loopback interface
     * @param settings additional server settings, such as {@code log_min_duration_statement}
     * @param log its output is appended to this file, whose folder must exist
     * @throws ServerDidNotStart when it ends early or accepts no connection within 5 minutes
     */
    public static PostgresqlServer start(Path folder, int port, Map<String, String> settings, Path log) {
        refuseToRunAsRootWithoutNamespaces();
        PostmasterFile postmaster = new PostmasterFile(folder);
        postmaster.stopOrphan();
        PostgresqlPassword password = password(folder);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setConnectConfig("password", password.text())
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
        try {
            PostgresqlServer server = new PostgresqlServer(started(builder, folder), postmaster, password);
            password.require(server.database(USER));
            return server;
        } catch (ExecutionException | InterruptedException | IOException | SQLException e) {
            postmaster.stopOrphan();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new ServerDidNotStart("PostgreSQL did not start; its log says why: " + log, e);
        }
    }

    private static PostgresqlPassword password(Path folder) {
        try {
            return PostgresqlPassword.of(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives up soon after the server's process has ended: the library would wait until its timeout. */
    private static EmbeddedPostgres started(EmbeddedPostgres.Builder builder, Path folder)
            throws ExecutionException, InterruptedException {
        AtomicBoolean initialised = new AtomicBoolean();
        builder.setDataDirectoryCustomizer(data -> initialised.set(true));
        FutureTask<EmbeddedPostgres> start = new FutureTask<>(builder::start);
        Thread starter = new Thread(start, "start-postgresql");
        starter.start();
        for (int absent = 0; absent < PAUSES_UNTIL_ENDED; ) {
            try {
                return start.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                absent = initialised.get() && !hasChildOn(folder) ? absent + 1 : 0;
            }
        }
        starter.interrupt();
        throw new ExecutionException(new IOException("The server's process has ended"));
    }

    private static boolean hasChildOn(Path folder) {
        return ProcessHandle.current()
                .children()
                .anyMatch(child -> child.info().commandLine().orElse("").contains(folder.toString()));
    }

    /**
     * Stops a server that a killed caller left behind on this folder. Every start does so itself.
     *
     * @throws ServerDidNotStart when it does not stop within 2 minutes
     */
    public static void stopOrphan(Path folder) {
        new PostmasterFile(folder).stopOrphan();
    }

    @Override
    public Database database(String name) {
        return new Database(
                name, "jdbc:postgresql://localhost:" + server.getPort() + "/" + name, USER, password.text());
    }

    public boolean isAlive() {
        return postmaster.process().isPresent();
    }

    @Override
    public CompletableFuture<?> onExit() {
        return postmaster
                .process()
                .<CompletableFuture<?>>map(ProcessHandle::onExit)
                .orElseGet(() -> completedFuture(null));
    }

    /** The id of the postmaster, the parent of the server's other processes. Fails if the server does not run. */
    public long processId() {
        return processes().get(0).pid();
    }

    /** The server's processes, the postmaster first. Fails if the server does not run. */
    public List<ProcessHandle> processes() {
        ProcessHandle parent = postmaster.process().orElseThrow();
        return Stream.concat(Stream.of(parent), parent.descendants()).toList();
    }

    /** Kills the postmaster, as {@code kill -9} does, and waits until its children have noticed and ended too. */
    public void kill() {
        List<ProcessHandle> processes = processes();
        processes.get(0).destroyForcibly();
        processes.forEach(process -> process.onExit().join());
    }

    @Override
    public void close() {
        CompletableFuture<?> exit = onExit();
        try {
            // Tells the server to stop, but waits for only 5 seconds.
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exit.orTimeout(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static void refuseToRunAsRootWithoutNamespaces() {
        if (isRoot() && !LinuxUtils.isUnshareAvailable()) {
            throw new ServerDidNotStart("PostgreSQL refuses to run as root, and `unshare -U` is missing or forbidden"
                    + " here: run as an ordinary user (in a container: docker run --user 1000), or allow `unshare -U`");
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
