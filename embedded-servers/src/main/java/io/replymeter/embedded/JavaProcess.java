package io.replymeter.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM with its own class path and log file. It ends when the JVM that started it ends, even by {@code kill -9}.
 * Ctrl-C at the terminal does not reach it, so that its parent can stop several of them in the right order.
 */
public final class JavaProcess implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Path SHELL = Path.of("/bin/sh");

    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts {@code mainClass}.
     *
     * @param jvmOptions such as {@code -Xmx512m}
     * @param classPath its libraries; this module's classes are added in front
     * @param log its output is appended to this file, whose folder must exist
     */
    public static JavaProcess start(
            List<String> jvmOptions, String classPath, String mainClass, List<String> arguments, Path log) {
        return start(jvmOptions, classPath, mainClass, arguments, log, Map.of());
    }

    /**
     * The same.
     *
     * @param environment variables that it has beside those of this JVM, or instead of them
     */
    public static JavaProcess start(
            List<String> jvmOptions,
            String classPath,
            String mainClass,
            List<String> arguments,
            Path log,
            Map<String, String> environment) {
        List<String> command = new ArrayList<>(ignoringTerminalSignals());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", ownLocation() + File.pathSeparator + classPath));
        command.addAll(List.of(EndWithParent.class.getName(), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new JavaProcess(builder.start());
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

    /** Completes with the exit code when the process has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Waits until the process has ended, for at most {@code time}; false if it still runs. */
    public boolean hasEndedWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks the process to stop and does not wait for it. */
    public void stop() {
        // Process.destroy() would also close its standard input, which ends it at once.
        process.toHandle().destroy();
    }

    /** Kills the process, as {@code kill -9} does, and waits until it has ended. */
    public void kill() {
        process.destroyForcibly();
        hasEndedWithin(STOP_TIMEOUT);
    }

    /** Asks the process to stop, and kills it if it still runs 60 seconds later. */
    @Override
    public void close() {
        stop();
        if (!hasEndedWithin(STOP_TIMEOUT)) {
            kill();
        }
    }

    /** A signal that the shell ignores is also ignored by the program it executes, and the JVM leaves that so. */
    private static List<String> ignoringTerminalSignals() {
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

    /** A main class that runs another one, and ends this JVM as soon as the process that started it is gone. */
    static final class EndWithParent {

        private EndWithParent() {}

        public static void main(String[] arguments) throws Throwable {
            Thread watch = new Thread(EndWithParent::endWithInput, "end-with-parent");
            watch.setDaemon(true);
            watch.start();
            String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
            try {
                Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private static void endWithInput() {
            try {
                while (System.in.read() >= 0) {
                    // The parent never writes. Its end of the pipe closes when it ends, and then read() returns.
                }
            } catch (IOException e) {
                // A broken pipe means the same.
            }
            Runtime.getRuntime().halt(1);
        }
    }
}
