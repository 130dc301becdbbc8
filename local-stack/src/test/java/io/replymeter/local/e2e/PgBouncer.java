package io.replymeter.local.e2e;

import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.DatabaseServer;
import io.replymeter.embedded.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PgBouncer in front of a PostgreSQL, which its clients cannot tell from that. */
record PgBouncer(DatabaseServer server, int port, Process process) implements DatabaseServer {

    /**
     * Starts one.
     *
     * @param folder for its configuration and its log
     * @param poolMode when a session goes back to the pool: {@code session} or {@code transaction}
     */
    static PgBouncer before(DatabaseServer server, Path folder, String poolMode) {
        int port = Ports.free();
        Database target = server.database("postgres");
        String address = target.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1");
        String configuration = """
                [databases]
                * = host=127.0.0.1 port=%s user=%s password=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                default_pool_size = 60
                """.formatted(address, target.username(), target.password(), port, poolMode);
        try {
            Path file = Files.writeString(folder.resolve("pgbouncer.ini"), configuration);
            Process process = new ProcessBuilder(command(file))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Redirect.appendTo(folder.resolve("pgbouncer.log").toFile()))
                    .start();
            await().until(() -> Ports.isListening(port));
            return new PgBouncer(server, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path configuration) {
        String program = program().orElseThrow();
        boolean isRoot = System.getProperty("user.name").equals("root"); // as whom it refuses to run
        return isRoot
                ? List.of(program, "-u", "nobody", configuration.toString())
                : List.of(program, configuration.toString());
    }

    /** Debian has it where only administrators look. */
    private static Optional<String> program() {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":"))
                .map(folder -> new File(folder, "pgbouncer"))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst();
    }

    @Override
    public Database database(String name) {
        Database direct = server.database(name);
        return new Database(
                name, "jdbc:postgresql://localhost:" + port + "/" + name, direct.username(), direct.password());
    }

    @Override
    public CompletableFuture<?> onExit() {
        return CompletableFuture.anyOf(server.onExit(), process.onExit());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        server.close();
    }

    /** Skips tests where it is not installed, or fails if {@code REPLYMETER_PGBOUNCER} is {@code required}. */
    static final class Installed implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (program().isPresent()) {
                return ConditionEvaluationResult.enabled("PgBouncer is installed");
            }
            String reason = "pgbouncer is not on the PATH: apt install pgbouncer";
            if ("required".equals(System.getenv("REPLYMETER_PGBOUNCER"))) {
                throw new IllegalStateException(reason + " (REPLYMETER_PGBOUNCER=required)");
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
