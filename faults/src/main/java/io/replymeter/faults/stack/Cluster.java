package io.replymeter.faults.stack;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.KafkaServer;
import io.replymeter.embedded.Ports;
import io.replymeter.embedded.PostgresqlServer;
import io.replymeter.embedded.faults.Link;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.FolderLock;
import io.replymeter.local.stack.LocalStack;
import io.replymeter.local.stack.ServiceJars;
import io.replymeter.local.stack.ServiceProcess;
import io.replymeter.local.stack.SigningKey;
import io.replymeter.local.stack.StackPorts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Broker, PostgreSQL and two instances of each service on free ports and a new folder. */
public final class Cluster implements AutoCloseable {

    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);
    private static final int INSTANCES = 2;
    /** A batch that waits for a lock as long as it may is then expelled from its group. */
    private static final List<String> IMPATIENT =
            List.of("--spring.kafka.consumer.properties.max.poll.interval.ms=8000");

    private final StackPorts ports = StackPorts.free();
    private final DataFolder folder;
    private final FolderLock lock;
    private final SigningKey key;
    private final SmallDisk kafkaDisk;
    private final SmallDisk postgresqlDisk;
    private final HostClock kafkaClock;
    private final KafkaServer kafka;
    private final List<Link> kafkaLinks = new ArrayList<>();
    private final List<Instance> messaging = new ArrayList<>();
    private final List<Instance> metrics = new ArrayList<>();
    private PostgresqlServer postgresql;

    /** Starts all of it from what is built here and waits until it can serve. A build may replace the jars meanwhile. */
    public Cluster(Path path) {
        this(path, DataFolder.at(path).copy(builtHere()));
    }

    /** Starts all of it and waits until it can serve. */
    public Cluster(Path path, ServiceJars jars) {
        folder = DataFolder.at(path);
        lock = folder.lock(ports);
        key = folder.createSigningKey();
        folder.writeMetricsToken(key);
        kafkaDisk = SmallDisk.at(folder.file("kafka"));
        postgresqlDisk = SmallDisk.at(folder.file("postgresql"));
        kafkaClock = clock("kafka");
        postgresql = startPostgresql();
        kafka = KafkaServer.start(
                folder.file("kafka"), ports.kafka(), folder.log("kafka"), listeners(), kafkaClock.environment());
        startInstances(jars);
        instances().forEach(Instance::awaitReady);
    }

    /** Each instance has a listener of its own, which tells it to come over its own link. */
    private Map<String, String> listeners() {
        int controller = Ports.free();
        String listeners = "CLIENT://localhost:" + ports.kafka() + ",CONTROLLER://localhost:" + controller;
        String advertised = "CLIENT://localhost:" + ports.kafka();
        String protocols = "CONTROLLER:PLAINTEXT,CLIENT:PLAINTEXT";
        for (int i = 0; i < 2 * INSTANCES; i++) {
            int port = Ports.free();
            Link link = Link.to(port);
            kafkaLinks.add(link);
            listeners += ",LINK%d://localhost:%d".formatted(i, port);
            advertised += ",LINK%d://localhost:%d".formatted(i, link.port());
            protocols += ",LINK%d:PLAINTEXT".formatted(i);
        }
        return Map.of(
                "controller.quorum.voters", "1@localhost:" + controller,
                "listeners", listeners,
                "advertised.listeners", advertised,
                "listener.security.protocol.map", protocols);
    }

    /** The services of the checkout that this campaign belongs to. */
    public static ServiceJars builtHere() {
        return ServiceJars.in(Path.of(System.getProperty("faults.root", ".")));
    }

    private void startInstances(ServiceJars jars) {
        postgresql.createDatabase("messaging");
        postgresql.createDatabase("metrics");
        for (int i = 0; i < INSTANCES; i++) {
            metrics.add(instance("metrics", i + 1, jars, kafkaLinks.get(i), i == 0 ? List.of() : IMPATIENT));
            String url = metrics.get(i).url();
            messaging.add(instance(
                    "messaging",
                    i + 1,
                    jars,
                    kafkaLinks.get(INSTANCES + i),
                    List.of(
                            "--replymeter.metrics-api.url=" + url,
                            "--replymeter.metrics-api.token-file=" + folder.metricsToken(),
                            "--replymeter.warm-up.time=2s", // so that instances are back soon, and rehearsals are met
                            // by faults too
                            "--replymeter.messages.posts-per-minute=0")));
        }
    }

    private Instance instance(String service, int number, ServiceJars jars, Link kafkaLink, List<String> more) {
        String name = service + "-" + number;
        int port = Ports.free();
        Link link = Link.to(ports.postgresql());
        Database direct = postgresql.database(service);
        Database linked = new Database(
                service,
                direct.jdbcUrl().replace(":" + ports.postgresql() + "/", ":" + link.port() + "/"),
                direct.username(),
                direct.password());
        List<String> arguments =
                new ArrayList<>(LocalStack.connections(port, linked, "localhost:" + kafkaLink.port(), folder));
        arguments.addAll(more);
        Function<ServiceJars, Path> jar = service.equals("messaging") ? ServiceJars::messaging : ServiceJars::metrics;
        HostClock clock = clock(name);
        return new Instance(
                name,
                kafkaLink,
                link,
                clock,
                jars,
                release -> ServiceProcess.start(
                        name, jar.apply(release), port, arguments, folder.log(name), clock.environment()));
    }

    private HostClock clock(String process) {
        return HostClock.in(folder.file(process + ".clock"));
    }

    public List<Instance> messaging() {
        return List.copyOf(messaging);
    }

    public List<Instance> metrics() {
        return List.copyOf(metrics);
    }

    public List<Instance> instances() {
        return Stream.concat(messaging.stream(), metrics.stream()).toList();
    }

    public KafkaServer kafka() {
        return kafka;
    }

    public HostClock kafkaClock() {
        return kafkaClock;
    }

    public HostClock postgresqlClock() {
        return HostClock.inherited();
    }

    public SmallDisk kafkaDisk() {
        return kafkaDisk;
    }

    public SmallDisk postgresqlDisk() {
        return postgresqlDisk;
    }

    /** A connection past all links. */
    public Connection connect(String database) throws SQLException {
        return postgresql.database(database).connect();
    }

    /** Locks tables against everybody else until the connection is closed. */
    public Connection lock(String database, String tables) throws SQLException {
        Connection holder = connect(database);
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("LOCK TABLE " + tables);
        }
        return holder;
    }

    /** A bearer token that the services accept for a day. */
    public String token(String subject, String... scopes) {
        return key.token(subject, List.of(scopes), TOKEN_LIFETIME);
    }

    /** PostgreSQL's processes, the postmaster first. */
    public List<ProcessHandle> postgresqlProcesses() {
        return postgresql.processes();
    }

    /** Kills the postmaster, as {@code kill -9} does; its children notice and end. */
    public void killPostgresql() {
        postgresql.kill();
    }

    public boolean isPostgresqlAlive() {
        return postgresql.isAlive();
    }

    /** After it has ended: it recovers what was committed. */
    public void restartPostgresql() {
        postgresql.close();
        postgresql = startPostgresql();
    }

    private PostgresqlServer startPostgresql() {
        return PostgresqlServer.start(
                folder.file("postgresql").resolve("data"),
                ports.postgresql(),
                Map.of("max_wal_size", "256MB"),
                folder.log("postgresql"));
    }

    @Override
    public void close() {
        instances().forEach(Instance::close);
        kafka.kill();
        postgresql.close();
        kafkaDisk.close();
        postgresqlDisk.close();
        lock.close();
    }
}
