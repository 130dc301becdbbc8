package io.replymeter.local.stack;

import io.replymeter.embedded.JavaProcess;
import io.replymeter.embedded.ServerDidNotStart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The process of one of the services. */
public final class ServiceProcess implements AutoCloseable {

    private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";
    /**
     * Without the second JIT compiler a service starts in half the time and is still fast enough for one machine. One that is
     * out of memory ends: some of its threads would be dead, such as the one that accepts connections.
     */
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    /** Long enough for a busy machine; a service that fails to start ends, and so ends the wait. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String name;
    private final JavaProcess process;
    private final int port;
    private final Path log;

    /** @param process a process that was just started and will serve on {@code port} */
    public ServiceProcess(String name, JavaProcess process, int port, Path log) {
        this.name = name;
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts a service and does not wait for it. */
    public static ServiceProcess start(String name, Path jar, int port, List<String> arguments, Path log) {
        return start(name, jar, port, arguments, log, Map.of());
    }

    /** The same with these variables in its environment. */
    public static ServiceProcess start(
            String name, Path jar, int port, List<String> arguments, Path log, Map<String, String> environment) {
        JavaProcess process =
                JavaProcess.start(JVM_OPTIONS, jar.toString(), BOOT_LAUNCHER, arguments, log, environment);
        return new ServiceProcess(name, process, port, log);
    }

    /**
     * Waits until the service can serve requests.
     *
     * @throws ServerDidNotStart when the process ends, or is not ready after 5 minutes
     */
    public void awaitReady() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isReady()) {
            if (process.hasEndedWithin(PAUSE)) {
                throw new ServerDidNotStart(
                        name + " ended while starting: " + lastError() + " More is in its log " + log);
            }
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new ServerDidNotStart(
                        name + " was not ready within " + START_TIMEOUT.toMinutes() + " min; see its log " + log);
            }
        }
    }

    /** Whether the service says that it can serve requests. */
    public boolean isReady() {
        return isReady(port);
    }

    /** Whether the service on {@code port} says that it can serve requests. */
    public static boolean isReady(int port) {
        URI readiness = URI.create("http://localhost:" + port + "/actuator/health/readiness");
        try {
            HttpRequest request = HttpRequest.newBuilder(readiness)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public int port() {
        return port;
    }

    public long processId() {
        return process.processId();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @throws IllegalStateException when the process has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended; its log says why: " + log);
        }
    }

    /** Completes with a sentence for the user when the process has ended. */
    CompletableFuture<String> onExit() {
        return process.onExit().thenApply(code -> name + " ended (exit code " + code + "); its log says why: " + log);
    }

    /** Asks the process to stop and does not wait for it. */
    void stop() {
        process.stop();
    }

    /** Kills the process, as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    private String lastError() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.stream()
                    .filter(line -> line.startsWith("Caused by: "))
                    .reduce((first, second) -> second)
                    .orElse(lines.isEmpty() ? "its log is empty." : lines.get(lines.size() - 1));
        } catch (IOException e) {
            return "its log cannot be read.";
        }
    }
}
