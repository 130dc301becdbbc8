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
import java.util.concurrent.CompletableFuture;

/** One of the services as a process of its own. */
public final class ServiceProcess implements AutoCloseable {

    private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";
    /** Without the second compiler a service starts in half the time, and serves one machine as well. */
    private static final List<String> JVM_OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String name;
    private final JavaProcess process;
    private final int port;
    private final Path log;

    /** A process just started, which will serve on {@code port}. */
    public ServiceProcess(String name, JavaProcess process, int port, Path log) {
        this.name = name;
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts it without waiting. */
    static ServiceProcess start(String name, Path jar, int port, List<String> arguments, Path log) {
        JavaProcess process = JavaProcess.start(JVM_OPTIONS, jar.toString(), BOOT_LAUNCHER, arguments, log);
        return new ServiceProcess(name, process, port, log);
    }

    /** @throws ServerDidNotStart when it ends, or is not ready after two minutes */
    public void awaitReady() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isReady()) {
            if (process.hasEndedWithin(PAUSE)) {
                throw new ServerDidNotStart(
                        name + " ended while starting: " + lastWords() + " The whole story is in " + log);
            }
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new ServerDidNotStart(
                        name + " was not ready within " + START_TIMEOUT.toSeconds() + " s; its log says why: " + log);
            }
        }
    }

    /** Whether it says that it can serve requests. */
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

    /** @throws IllegalStateException when it has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended; its log says why: " + log);
        }
    }

    /** Completes with a sentence about it when it has ended. */
    CompletableFuture<String> onExit() {
        return process.onExit().thenApply(code -> name + " ended (exit code " + code + "); its log says why: " + log);
    }

    /** Asks it to stop, without waiting. */
    void stop() {
        process.stop();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.stream()
                    .filter(line -> line.startsWith("Caused by: "))
                    .reduce((first, second) -> second)
                    .orElse(lines.isEmpty() ? "it said nothing." : lines.get(lines.size() - 1));
        } catch (IOException e) {
            return "its log cannot be read.";
        }
    }
}
