package io.replymeter.local.e2e;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.DatabaseServer;
import io.replymeter.embedded.Ports;
import io.replymeter.embedded.PostgresqlServer;
import io.replymeter.embedded.faults.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A PostgreSQL, over a link, and its standby, which follows over another one. Its databases have the addresses of both. */
final class StandbyPair implements DatabaseServer {

    private final PostgresqlServer primary;
    private final PostgresqlServer standby;
    private final Link clients;
    private final Link replication;
    private final int standbyPort = Ports.free();

    /**
     * @param folder for the primary's data; the standby's are beside it
     * @param isSynchronous whether a commit waits until the standby has it on its disk
     */
    StandbyPair(Path folder, int port, Path log, boolean isSynchronous) {
        clients = Link.to(port);
        replication = Link.to(port);
        Path copy = folder.resolveSibling("standby");
        Path standbyLog = log.resolveSibling("standby.log");
        PostgresqlServer first = PostgresqlServer.start(folder, port, Map.of(), log);
        Database original = first.database("postgres");
        first.close();
        copy(folder, copy);
        follow(original, copy);
        primary = PostgresqlServer.start(folder, port, Map.of(), log);
        standby = PostgresqlServer.start(copy, standbyPort, Map.of(), standbyLog);
        await().until(() -> ask(primary, "SELECT string_agg(state, ',') FROM pg_stat_replication")
                .equals("streaming"));
        if (isSynchronous) {
            execute("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()");
        }
    }

    /** Of a server that was stopped; with the password beside it. */
    private static void copy(Path folder, Path copy) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                Files.copy(path, copy.resolve(folder.relativize(path)), COPY_ATTRIBUTES);
            }
            String password = ".password";
            Files.copy(
                    folder.resolveSibling(folder.getFileName() + password),
                    copy.resolveSibling(copy.getFileName() + password),
                    COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow(Database original, Path copy) {
        String connection = "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s'%n"
                .formatted(replication.port(), original.username(), original.password());
        try {
            Files.writeString(copy.resolve("postgresql.auto.conf"), connection, APPEND);
            Files.createFile(copy.resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void execute(String... statements) {
        try (Connection connection = primary.database("postgres").connect();
                Statement statement = connection.createStatement()) {
            for (String one : List.of(statements)) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ask(PostgresqlServer server, String question) throws SQLException {
        try (Connection connection = server.database("postgres").connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** Nothing reaches the standby any more. */
    void cutReplication() {
        replication.refuse();
    }

    /** The primary's host vanishes: nobody is told that connections to it have ended. The standby becomes the primary. */
    void loseHost() throws SQLException {
        clients.fallSilent();
        failOver();
    }

    /** Kills the primary and makes the standby one. */
    void failOver() throws SQLException {
        primary.kill();
        assertThat(ask(standby, "SELECT pg_promote()")).isEqualTo("t");
    }

    @Override
    public Database database(String name) {
        Database one = primary.database(name);
        String url = "jdbc:postgresql://localhost:%d,localhost:%d/%s?targetServerType=primary"
                .formatted(clients.port(), standbyPort, name);
        return new Database(name, url, one.username(), one.password());
    }

    @Override
    public CompletableFuture<?> onExit() {
        return CompletableFuture.anyOf(primary.onExit(), standby.onExit());
    }

    @Override
    public void close() {
        standby.close();
        primary.close();
        try {
            clients.close();
            replication.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
