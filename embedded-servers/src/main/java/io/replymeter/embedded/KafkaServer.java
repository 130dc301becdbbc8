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
 * A Kafka broker in a child JVM, which ends with the JVM that started it. Its data outlive it: a broker that is started
 * on the same folder and port carries on. Thread-safe.
 */
public final class KafkaServer implements Broker {

    /** Long enough for a busy machine; a broker that fails to start ends, and so ends the wait. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path folder;
    private final int port;
    private final Path log;
    private final Map<String, String> settings;
    private final Map<String, String> environment;
    private volatile JavaProcess process;

    private KafkaServer(
            Path folder, int port, Path log, Map<String, String> settings, Map<String, String> environment) {
        this.folder = folder;
        this.port = port;
        this.log = log;
        this.settings = Map.copyOf(settings);
        this.environment = Map.copyOf(environment);
        this.process = startProcess();
    }

    /**
     * Starts a broker and waits until it accepts connections.
     *
     * @param folder for its data and configuration; created if missing
     * @param port its port on the loopback interface
     * @param log its output is appended to this file, whose folder must exist
     * @param settings additional settings; the listener is named CLIENT
     * @throws ServerDidNotStart when it ends early or accepts no connection within 5 minutes
     */
    public static KafkaServer start(Path folder, int port, Path log, Map<String, String> settings) {
        return start(folder, port, log, settings, Map.of());
    }

    /**
     * The same.
     *
     * @param environment variables that its process has beside those of this JVM, or instead of them
     */
    public static KafkaServer start(
            Path folder, int port, Path log, Map<String, String> settings, Map<String, String> environment) {
        KafkaServer server = new KafkaServer(folder, port, log, settings, environment);
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

    /** Asks the broker to stop, and kills it if it still runs 60 seconds later. */
    @Override
    public void close() {
        process.close();
    }

    private JavaProcess startProcess() {
        try {
            Path data = PrivateFolder.create(folder.resolve("data").toAbsolutePath());
            Path configuration = writeConfiguration(data);
            return JavaProcess.start(
                    List.of("-Xms128m", "-Xmx512m"),
                    classPath(),
                    KafkaProcess.class.getName(),
                    List.of(configuration.toString(), data.toString()),
                    log,
                    environment);
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
                throw new ServerDidNotStart("Kafka accepted no connection within " + START_TIMEOUT.toMinutes()
                        + " min; see its log " + log);
            }
        }
    }

    private Path writeConfiguration(Path data) throws IOException {
        int controllerPort = Ports.free();
        Map<String, String> all = new TreeMap<>(SETTINGS);
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.voters", "1@localhost:" + controllerPort);
        all.put("listeners", "CLIENT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        all.put("advertised.listeners", "CLIENT://localhost:" + port);
        all.put("inter.broker.listener.name", "CLIENT");
        all.put("controller.listener.names", "CONTROLLER");
        all.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,CLIENT:PLAINTEXT");
        all.put("log.dirs", data.toString());
        all.putAll(settings);
        Path file = folder.resolve("server.properties");
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) ->
                text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        Files.writeString(file, text);
        return file;
    }

    /** The broker's libraries in the local Maven repository; the build writes this list. */
    private static String classPath() throws IOException {
        try (InputStream list = KafkaServer.class.getResourceAsStream("kafka.classpath")) {
            if (list == null) {
                throw new ServerDidNotStart("kafka.classpath is missing: build with ./mvnw, which writes it");
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
