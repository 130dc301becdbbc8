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

/** The file {@code postmaster.pid} in a data folder of PostgreSQL, which names the process that uses the folder. */
final class PostmasterFile {

    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);

    private final Path folder;
    private final Path file;

    PostmasterFile(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.file = folder.resolve("postmaster.pid");
    }

    /** The server that uses this folder. Empty if there is none, or if its process id belongs to another program now. */
    Optional<ProcessHandle> process() {
        return processId()
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(this::usesThisFolder);
    }

    /**
     * Stops a server that a killed caller left behind, and deletes the file: PostgreSQL refuses to start while the
     * process id in it belongs to any process, as it often does in a restarted container.
     *
     * @throws ServerDidNotStart when that server does not stop within 2 minutes
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
                    "A PostgreSQL that an earlier start left behind in " + folder + " does not stop: kill -9 "
                            + server.pid(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerDidNotStart(
                    "Interrupted while stopping the PostgreSQL that an earlier start left behind in " + folder, e);
        }
    }

    /** On SIGINT PostgreSQL stops at once; on SIGTERM it would wait for its clients. */
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

    private boolean usesThisFolder(ProcessHandle process) {
        String command = process.info().commandLine().orElse("");
        return command.contains("postgres") && command.contains(folder.toString());
    }
}
