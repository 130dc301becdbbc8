package io.replymeter.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * One Kafka broker (KRaft, combined mode) in a JVM of its own, with its own class path. It dies with the JVM that
 * started it, however that ends. Its data survive: start it again on the same folder and port. Thread-safe.
 */
public final class KafkaServer implements Broker {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path folder;
    private final int port;
    private final Path log;
    private volatile JavaProcess process;

    private KafkaServer(Path folder, int port, Path log) {
        this.folder = folder;
        this.port = port;
        this.log = log;
        this.process = startProcess();
    }

    /** Starts a broker whose log is {@code kafka.log} in {@code folder}; see {@link #start(Path, int, Path)}. */
    public static KafkaServer start(Path folder, int port) {
        return start(folder, port, folder.resolve("kafka.log"));
    }

    /**
     * Starts a broker and waits until it accepts connections.
     *
     * @param folder its data and configuration; created when missing
     * @param port its port on loopback
     * @param log takes its output, appended
     * @throws ServerDidNotStart when it ends early or does not answer within 60 seconds
     */
    public static KafkaServer start(Path folder, int port, Path log) {
        KafkaServer server = new KafkaServer(folder, port, log);
        server.awaitReady();
        return server;
    }

    @Override
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long processId() {
        return process.processId();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void restart() {
        process = startProcess();
        awaitReady();
    }

    /** Asks the broker to stop, and ends it if it has not stopped after 20 seconds. */
    @Override
    public void close() {
        process.close();
    }

    private JavaProcess startProcess() {
        try {
            Path data = Files.createDirectories(folder.resolve("data").toAbsolutePath());
            Path configuration = writeConfiguration(folder, data, port);
            return JavaProcess.start(
                    List.of("-Xms128m", "-Xmx512m"),
                    classPath(),
                    KafkaProcess.class.getName(),
                    List.of(configuration.toString(), data.toString()),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!Ports.isListening(port)) {
            if (process.hasEndedWithin(PAUSE)) {
                throw new ServerDidNotStart("Kafka ended while starting; its log says why: " + log);
            }
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                kill();
                throw new ServerDidNotStart(
                        "Kafka did not answer within " + START_TIMEOUT.toSeconds() + " s; its log says why: " + log);
            }
        }
    }

    private static Path writeConfiguration(Path folder, Path data, int port) throws IOException {
        int controllerPort = Ports.free();
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@localhost:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        settings.put("log.dirs", data.toString());
        Path file = folder.resolve("server.properties");
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) ->
                text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        Files.writeString(file, text);
        return file;
    }

    /** The broker's libraries, as the build recorded them. */
    private static String classPath() throws IOException {
        try (InputStream recorded = KafkaServer.class.getResourceAsStream("kafka.classpath")) {
            if (recorded == null) {
                throw new ServerDidNotStart("kafka.classpath is missing: build with ./mvnw, which records it");
            }
            return new String(recorded.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
