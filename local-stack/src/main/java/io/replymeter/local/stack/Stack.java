package io.replymeter.local.stack;

import io.replymeter.embedded.KafkaServer;
import io.replymeter.embedded.PostgresqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Kafka and both services on one data folder. The caller holds the folder's lock. {@link #close} may be
 * called by another thread, also while {@link #start} is under way.
 */
public final class Stack implements AutoCloseable {

    private static final List<String> PROCESSES =
            List.of("postgresql", "kafka", "messaging-service", "metrics-service");
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(365);

    private final DataFolder folder;
    private final StackSettings settings;
    private final Consumer<String> say;
    private @Nullable CompletableFuture<PostgresqlServer> postgresql;
    private @Nullable CompletableFuture<KafkaServer> kafka;
    private @Nullable ServiceProcess messaging;
    private @Nullable ServiceProcess metrics;
    private boolean closed;

    /** @param say takes the lines that tell what happens */
    public Stack(DataFolder folder, StackSettings settings, Consumer<String> say) {
        this.folder = folder;
        this.settings = settings;
        this.say = say;
    }

    /**
     * Starts everything and waits until it is ready.
     *
     * @throws CannotContinue when the folder or a port cannot be used
     * @throws io.replymeter.embedded.ServerDidNotStart when a process does not come up
     */
    public void start() {
        settings.ports().requireFree();
        if (folder.prepare()) {
            say.accept("The first start in " + folder.path() + " was interrupted; beginning anew.");
        }
        putLogsAside();
        writeMetricsToken(folder.createSigningKey());
        startServers();
        createDatabases();
        folder.markInitialised();
        startMessaging();
        startMetrics();
        messaging().awaitReady();
        metrics().awaitReady();
    }

    /** The ports it was started with. */
    public StackPorts ports() {
        return settings.ports();
    }

    /** The broker; to be killed and started again by fault tests. */
    public KafkaServer kafka() {
        return join(required(kafka));
    }

    public PostgresqlServer postgresql() {
        return join(required(postgresql));
    }

    public ServiceProcess messaging() {
        return required(messaging);
    }

    public ServiceProcess metrics() {
        return required(metrics);
    }

    /** Starts the broker again on the same port and data. */
    public synchronized void startKafka() {
        kafka = started(() -> KafkaServer.start(folder.kafka(), ports().kafka(), folder.log("kafka")));
    }

    /** Starts metrics-service, without waiting; again, after it was stopped. */
    public synchronized void startMetrics() {
        metrics = service("metrics-service", settings.jars().metrics(), ports().metrics(), "metrics", List.of());
    }

    private synchronized void startMessaging() {
        List<String> arguments = List.of(
                "--replymeter.metrics-api.url=" + ports().metricsUrl(),
                "--replymeter.metrics-api.token-file=" + folder.metricsToken());
        messaging =
                service("messaging-service", settings.jars().messaging(), ports().messaging(), "messaging", arguments);
    }

    /** Waits until one of the processes ends by itself, and says which. */
    public String awaitUnexpectedEnd() {
        Stream<CompletableFuture<String>> ends = Stream.of(
                messaging().onExit(),
                metrics().onExit(),
                kafka().onExit().thenApply(code -> "Kafka ended; its log says why: " + folder.log("kafka")),
                postgresql()
                        .onExit()
                        .thenApply(end -> "PostgreSQL ended; its log says why: " + folder.log("postgresql")));
        return (String)
                CompletableFuture.anyOf(ends.toArray(CompletableFuture[]::new)).join();
    }

    /** Stops the services, then Kafka, then PostgreSQL: each before what it needs. */
    @Override
    public void close() {
        List<ServiceProcess> services;
        synchronized (this) {
            closed = true;
            services = Stream.of(messaging, metrics).flatMap(Stream::ofNullable).toList();
        }
        services.forEach(ServiceProcess::stop);
        services.forEach(ServiceProcess::close);
        close(kafka);
        close(postgresql);
    }

    private synchronized void startServers() {
        requireOpen();
        Path log = folder.log("postgresql");
        postgresql = started(() ->
                PostgresqlServer.start(folder.postgresql(), ports().postgresql(), settings.postgresqlSettings(), log));
        startKafka();
    }

    private void createDatabases() {
        postgresql().createDatabase("messaging");
        postgresql().createDatabase("metrics");
        kafka();
    }

    private ServiceProcess service(String name, Path jar, int port, String database, List<String> arguments) {
        requireOpen();
        List<String> all = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--spring.datasource.url=" + postgresql().jdbcUrl(database),
                "--spring.datasource.username=" + PostgresqlServer.USER,
                "--spring.kafka.bootstrap-servers=" + kafka().bootstrapServers(),
                "--spring.security.oauth2.resourceserver.jwt.public-key-location="
                        + folder.publicKey().toUri()));
        all.addAll(arguments);
        all.addAll(settings.serviceArguments());
        return ServiceProcess.start(name, jar, port, all, folder.log(name));
    }

    private void writeMetricsToken(SigningKey key) {
        try {
            SecretFile.write(
                    folder.metricsToken(), key.token("messaging-service", List.of("metrics:read"), TOKEN_LIFETIME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the logs of the start before, so that a failing start's log is short and its own. */
    private void putLogsAside() {
        try {
            for (String process : PROCESSES) {
                Path log = folder.log(process);
                if (Files.exists(log)) {
                    Files.move(log, folder.log(process + ".previous"), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new CannotContinue("Stopped while starting.");
        }
    }

    private static <T> CompletableFuture<T> started(Supplier<T> start) {
        return CompletableFuture.supplyAsync(start, task -> new Thread(task, "start").start());
    }

    private static <T> T join(CompletableFuture<T> started) {
        try {
            return started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static <T> T required(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("Not started");
        }
        return started;
    }

    /** A server that never came up needs no stopping. */
    private static void close(@Nullable CompletableFuture<? extends AutoCloseable> server) {
        if (server == null || awaitStart(server).isCompletedExceptionally()) {
            return;
        }
        try {
            server.join().close();
        } catch (Exception e) {
            throw new IllegalStateException("Could not stop a server", e);
        }
    }

    private static CompletableFuture<?> awaitStart(CompletableFuture<?> server) {
        server.handle((running, failure) -> server).join();
        return server;
    }
}
