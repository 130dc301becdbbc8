package io.replymeter.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own, with its own class path and log file. It ends with the JVM that started it, however that one ends:
 * nothing is left behind by {@code kill -9}. A Ctrl-C at the terminal reaches only the JVM that started it, so that
 * several of them are stopped in the right order.
 */
public final class JavaProcess implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Path SHELL = Path.of("/bin/sh");

    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts {@code mainClass}.
     *
     * @param jvmOptions such as {@code -Xmx512m}
     * @param classPath its libraries; this module's classes are put in front
     * @param log takes its output, appended; its folder must exist
     */
    public static JavaProcess start(
            List<String> jvmOptions, String classPath, String mainClass, List<String> arguments, Path log) {
        List<String> command = new ArrayList<>(deafToTerminalSignals());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", ownLocation() + File.pathSeparator + classPath));
        command.addAll(List.of(EndWithParent.class.getName(), mainClass));
        command.addAll(arguments);
        try {
            return new JavaProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long processId() {
        return process.pid();
    }

    /** Completes with the exit code when it has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Whether it has ended within {@code time}. */
    public boolean hasEndedWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks it to stop, without waiting. */
    public void stop() {
        // Process.destroy() would close its standard input as well, and so end it at once.
        process.toHandle().destroy();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        hasEndedWithin(STOP_TIMEOUT);
    }

    /** Asks it to stop, and ends it if it has not stopped after 20 seconds. */
    @Override
    public void close() {
        stop();
        if (!hasEndedWithin(STOP_TIMEOUT)) {
            kill();
        }
    }

    /** Signals ignored by the shell stay ignored in what it executes; the JVM respects that. */
    private static List<String> deafToTerminalSignals() {
        return Files.isExecutable(SHELL)
                ? List.of(SHELL.toString(), "-c", "trap '' INT HUP; exec \"$@\"", SHELL.toString())
                : List.of();
    }

    private static String ownLocation() {
        return Path.of(URI.create(JavaProcess.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
    }
}
