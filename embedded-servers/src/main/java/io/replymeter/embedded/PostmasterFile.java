package io.replymeter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code postmaster.pid} in a data folder of PostgreSQL: which process serves it, or served it when it was killed. */
final class PostmasterFile {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final Path folder;
    private final Path file;

    PostmasterFile(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.file = folder.resolve("postmaster.pid");
    }

    /** The server that serves this folder, if one does: a file left behind, or a reused process id, is not one. */
    Optional<ProcessHandle> process() {
        return processId()
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(this::servesThisFolder);
    }

    /**
     * Stops a server left behind by a caller that was killed, and removes a stale file: PostgreSQL itself refuses to
     * start when the id in it belongs to any other process by now, as it easily does in a restarted container.
     *
     * @throws ServerDidNotStart when the server left behind does not stop
     */
    void stopOrphan() {
        process().ifPresent(this::stop);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop(ProcessHandle server) {
        try {
            interrupt(server);
            server.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new ServerDidNotStart(
                    "A PostgreSQL left behind in " + folder + " does not stop: end it with kill -9 " + server.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerDidNotStart("Interrupted while stopping a PostgreSQL left behind in " + folder, e);
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown: it does not wait for its clients, as it does on SIGTERM. */
    private static void interrupt(ProcessHandle server) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start().waitFor();
    }

    private Optional<Long> processId() {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.stream().findFirst().map(String::strip).map(Long::valueOf);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean servesThisFolder(ProcessHandle process) {
        String command = process.info().commandLine().orElse("");
        return command.contains("postgres") && command.contains(folder.toString());
    }
}
