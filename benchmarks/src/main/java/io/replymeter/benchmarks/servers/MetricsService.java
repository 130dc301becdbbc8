package io.replymeter.benchmarks.servers;

import io.replymeter.embedded.JavaProcess;
import io.replymeter.embedded.Ports;
import io.replymeter.local.stack.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The metrics service's jar as a process of its own, with a JVM as one would run it: both compilers, 1 GB of heap. */
public final class MetricsService implements AutoCloseable {

    private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    private final JavaProcess process;
    private final int port;
    private final Path log;

    private MetricsService(JavaProcess process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts it without waiting.
     *
     * @param jdbcUrl of its database
     * @param jvmOptions beyond the heap's size
     * @param properties of the service, such as {@code --replymeter.ingest.threads=2}
     */
    public static MetricsService start(
            BenchmarkServers servers, String jdbcUrl, String topic, List<String> jvmOptions, List<String> properties) {
        DataFolder keys = DataFolder.at(servers.folder());
        keys.createSigningKey();
        int port = Ports.free();
        List<String> options = new ArrayList<>(List.of("-Xmx1g"));
        options.addAll(jvmOptions);
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.kafka.bootstrap-servers=" + servers.bootstrapServers(),
                "--replymeter.events.topic=" + topic,
                "--spring.security.oauth2.resourceserver.jwt.public-key-location="
                        + keys.file("signing-key.pub").toUri()));
        arguments.addAll(properties);
        Path log = servers.folder().resolve("metrics-service.log");
        return new MetricsService(
                JavaProcess.start(options, jar().toString(), BOOT_LAUNCHER, arguments, log), port, log);
    }

    private static Path jar() {
        Path jar = Path.of(System.getProperty("benchmarks.root", "."))
                .resolve("metrics-service/target/metrics-service-0.1.0-SNAPSHOT.jar")
                .toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: start with benchmarks/run, which builds it");
        }
        return jar;
    }

    public String url() {
        return "http://localhost:" + port;
    }

    public long processId() {
        return process.processId();
    }

    /** @throws IllegalStateException when it has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("metrics-service ended; its log says why: " + log);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
