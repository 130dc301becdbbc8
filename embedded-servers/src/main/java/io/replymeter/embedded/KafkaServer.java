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
 * started it, however that ends. Its data survive: start it again on the same folder and port.
 */
public final class KafkaServer implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final JavaProcess process;
    private final int port;

    private KafkaServer(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
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
        try {
            Path data = Files.createDirectories(folder.resolve("data").toAbsolutePath());
            Path configuration = writeConfiguration(folder, data, port);
            JavaProcess process = JavaProcess.start(
                    List.of("-Xms128m", "-Xmx512m"),
                    classPath(),
                    KafkaProcess.class.getName(),
                    List.of(configuration.toString(), data.toString()),
                    log);
            KafkaServer server = new KafkaServer(process, port);
            server.awaitReady(log);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the broker has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    /** Ends the broker as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    /** Asks the broker to stop, and ends it if it has not stopped after 20 seconds. */
    @Override
    public void close() {
        process.close();
    }

    private void awaitReady(Path log) {
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
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@localhost:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        settings.put("log.dirs", data.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("num.partitions", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // A consumer group's first member need not wait for others, and a killed broker is taken back soon.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("broker.session.timeout.ms", "2000");
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
