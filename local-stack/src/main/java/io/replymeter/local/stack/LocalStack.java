package io.replymeter.local.stack;

import static java.util.Objects.requireNonNull;

import io.replymeter.embedded.Broker;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.DatabaseServer;
import io.replymeter.embedded.PostgresqlServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Kafka and both services on one data folder, which the caller has locked. Another thread may call {@link
 * #close} even while {@link #start} is running.
 */
public final class LocalStack implements AutoCloseable {

    private static final String MESSAGING = "messaging-service";
    private static final String METRICS = "metrics-service";

    private final DataFolder folder;
    private final StackSettings settings;
    private final Consumer<String> say;
    private @Nullable Servers servers;
    private @Nullable ServiceProcess messaging;
    private @Nullable ServiceProcess metrics;
    private boolean closed;

    /** @param say takes the lines that tell the user what happens */
    public LocalStack(DataFolder folder, StackSettings settings, Consumer<String> say) {
        this.folder = folder;
        this.settings = settings;
        this.say = say;
    }

    /**
     * Starts everything and waits until it is ready.
     *
     * @throws CannotContinue when the folder or a port cannot be used
     * @throws io.replymeter.embedded.ServerDidNotStart when a process does not start
     */
    public void start() {
        PostgresqlServer.stopOrphan(folder.serverData().postgresql());
        ports().requireFree();
        if (folder.serverData().prepare()) {
            say.accept("The first start in " + folder.path() + " was interrupted; starting from the beginning.");
        }
        say.accept("Starting PostgreSQL, Kafka and both services on " + folder.path() + " …");
        folder.keepPreviousLogs(List.of("postgresql", "kafka", MESSAGING, METRICS));
        folder.writeMetricsToken(folder.createSigningKey());
        startServers();
        postgresql().createDatabase("messaging");
        postgresql().createDatabase("metrics");
        kafka();
        folder.serverData().markInitialised();
        startMessaging();
        startMetrics();
        messaging().awaitReady();
        metrics().awaitReady();
    }

    /** The broker. Tests of outages kill it and start it again. */
    public Broker kafka() {
        return requireNonNull(servers).kafka();
    }

    public DatabaseServer postgresql() {
        return requireNonNull(servers).postgresql();
    }

    public ServiceProcess messaging() {
        return requireNonNull(messaging);
    }

    public ServiceProcess metrics() {
        return requireNonNull(metrics);
    }

    /** Starts metrics-service, also again after it was stopped, and does not wait for it. */
    public synchronized void startMetrics() {
        requireOpen();
        metrics = service(METRICS, settings.jars().metrics(), ports().metrics(), "metrics", List.of());
    }

    private synchronized void startMessaging() {
        requireOpen();
        List<String> arguments = List.of(
                "--replymeter.metrics-api.url=" + ports().metricsUrl(),
                "--replymeter.metrics-api.token-file=" + folder.metricsToken(),
                "--replymeter.warm-up.time=0s", // for a trial, an early start is worth more
                "--replymeter.web.enabled=true");
        messaging = service(MESSAGING, settings.jars().messaging(), ports().messaging(), "messaging", arguments);
    }

    private synchronized void startServers() {
        requireOpen();
        servers = new Servers(folder, settings);
    }

    /** Waits until one of the processes ends by itself, and returns a sentence that names it. */
    public String awaitUnexpectedEnd() {
        Stream<CompletableFuture<String>> ends = Stream.of(
                messaging().onExit(),
                metrics().onExit(),
                kafka().onExit().thenApply(end -> "Kafka ended; its log says why: " + folder.log("kafka")),
                postgresql()
                        .onExit()
                        .thenApply(end -> "PostgreSQL ended; its log says why: " + folder.log("postgresql")));
        return (String)
                CompletableFuture.anyOf(ends.toArray(CompletableFuture[]::new)).join();
    }

    /** Stops the services, then Kafka, then PostgreSQL: each before the servers that it needs. */
    @Override
    public void close() {
        List<ServiceProcess> services;
        Servers started;
        synchronized (this) {
            closed = true;
            services = Stream.of(messaging, metrics).flatMap(Stream::ofNullable).toList();
            started = servers;
        }
        services.forEach(ServiceProcess::stop);
        services.forEach(ServiceProcess::close);
        if (started != null) {
            started.close();
        }
    }

    private ServiceProcess service(String name, Path jar, int port, String databaseName, List<String> arguments) {
        Database database = postgresql().database(databaseName);
        List<String> all = new ArrayList<>(connections(port, database, kafka().bootstrapServers(), folder));
        all.add("--replymeter.docs.enabled=true");
        all.addAll(arguments);
        all.addAll(settings.serviceArguments());
        return ServiceProcess.start(name, jar, port, all, folder.log(name));
    }

    /**
     * The arguments that both services need: loopback, port, database, broker, and the key that signs the tokens. They hold no
     * secret, because everybody on the machine may read arguments.
     */
    public static List<String> connections(int port, Database database, String bootstrapServers, DataFolder folder) {
        return List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.config.import="
                        + folder.writeDatabasePassword(database.password()).toUri(),
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                "--spring.security.oauth2.resourceserver.jwt.public-key-location="
                        + folder.publicKey().toUri());
    }

    private StackPorts ports() {
        return settings.ports();
    }

    private void requireOpen() {
        if (closed) {
            throw new CannotContinue("Stopped while starting.");
        }
    }
}
