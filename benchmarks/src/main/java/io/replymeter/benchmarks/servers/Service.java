package io.replymeter.benchmarks.servers;

import io.replymeter.embedded.JavaProcess;
import io.replymeter.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A service's jar as a process of its own, with a JVM as one would run it: both compilers, the collector for throughput, 1 GB of heap. */
public final class Service implements AutoCloseable {

    private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";
    /** As above, but takes further classes from {@code -Dloader.path}. */
    private static final String EXTENSIBLE_LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    private static final long POLL_MILLIS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final JavaProcess process;
    private final int port;
    private final Path log;

    private Service(JavaProcess process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts the metrics service without waiting.
     *
     * @param jdbcUrl of its database
     * @param jvmOptions beyond the heap's size
     * @param properties of the service, such as {@code --replymeter.ingest.threads=2}
     */
    public static Service metrics(
            BenchmarkServers servers, String jdbcUrl, String topic, List<String> jvmOptions, List<String> properties) {
        return start("metrics-service", servers, jdbcUrl, topic, servers.bootstrapServers(), jvmOptions, properties);
    }

    /** Starts the messaging service without waiting, beside {@code metrics}. */
    public static Service messaging(
            BenchmarkServers servers, String jdbcUrl, String topic, Service metrics, String bootstrapServers) {
        Path token = new Tokens(servers).toFile("messaging-service", "metrics:read");
        List<String> properties = List.of(
                "--replymeter.metrics-api.url=" + metrics.url(), "--replymeter.metrics-api.token-file=" + token);
        return start("messaging-service", servers, jdbcUrl, topic, bootstrapServers, List.of(), properties);
    }

    private static Service start(
            String name,
            BenchmarkServers servers,
            String jdbcUrl,
            String topic,
            String bootstrapServers,
            List<String> jvmOptions,
            List<String> properties) {
        int port = Ports.free();
        List<String> options = new ArrayList<>(List.of("-XX:+UseParallelGC", "-XX:NewRatio=1", "-Xmx1g"));
        options.addAll(jvmOptions);
        List<String> arguments = new ArrayList<>(arguments(servers, jdbcUrl, topic, bootstrapServers, port));
        arguments.addAll(properties);
        Path log = servers.folder().resolve(name + ".log");
        boolean extended = jvmOptions.stream().anyMatch(option -> option.startsWith("-Dloader.path="));
        JavaProcess process = JavaProcess.start(
                options, jar(name).toString(), extended ? EXTENSIBLE_LAUNCHER : BOOT_LAUNCHER, arguments, log);
        return new Service(process, port, log);
    }

    /** What either service is told when it is started. */
    static List<String> arguments(
            BenchmarkServers servers, String jdbcUrl, String topic, String bootstrapServers, int port) {
        return List.of(
                "--server.port=" + port,
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                "--replymeter.events.topic=" + topic,
                "--spring.security.oauth2.resourceserver.jwt.public-key-location="
                        + new Tokens(servers).publicKey().toUri());
    }

    /** Where the build has put the jar of service {@code name}. */
    static Path jar(String name) {
        Path jar = Path.of(System.getProperty("benchmarks.root", "."))
                .resolve(name + "/target/" + name + "-0.1.0-SNAPSHOT.jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: start with benchmarks/run, which builds it");
        }
        return jar;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://localhost:" + port;
    }

    public long processId() {
        return process.processId();
    }

    /** Waits until it says that it can serve requests; returns itself. */
    public Service ready() throws InterruptedException {
        while (!isReady(port)) {
            requireAlive();
            Thread.sleep(POLL_MILLIS);
        }
        return this;
    }

    static boolean isReady(int port) throws InterruptedException {
        URI readiness = URI.create("http://localhost:" + port + "/actuator/health/readiness");
        try {
            return HTTP.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** @throws IllegalStateException when it has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("A service ended; its log says why: " + log);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
