package io.replymeter.benchmarks.servers;

import io.replymeter.benchmarks.result.ServersCpu;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.EmbeddedServers;
import io.replymeter.embedded.KafkaServer;
import io.replymeter.embedded.PostgresqlServer;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.FolderLock;
import io.replymeter.local.stack.Servers;
import io.replymeter.local.stack.SigningKey;
import io.replymeter.local.stack.StackPorts;
import io.replymeter.local.stack.StackSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * The local stack's broker and PostgreSQL on free ports and a folder of their own, which keeps their data. They are started
 * side by side; the first use of each waits until it is up.
 */
public final class BenchmarkServers implements AutoCloseable {

    /** Settings of a server with more than toy data, the same for every variant. */
    private static final Map<String, String> POSTGRESQL = Map.of("shared_buffers", "1GB", "max_wal_size", "4GB");

    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    private final DataFolder folder;
    private final FolderLock lock;
    private final Servers servers;
    private final SigningKey key;
    private final Admin admin;

    /** @throws io.replymeter.local.stack.CannotContinue when another benchmark runs on {@code path} */
    public BenchmarkServers(Path path) {
        StackPorts ports = StackPorts.free();
        folder = DataFolder.at(path);
        lock = folder.lock(ports);
        key = folder.createSigningKey();
        servers = new Servers(
                folder, new StackSettings(ports, Services.jars(), new EmbeddedServers(), List.of(), POSTGRESQL));
        admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + ports.kafka()));
    }

    public DataFolder folder() {
        return folder;
    }

    /**
     * A bearer token that the services accept for 12 hours.
     *
     * @param subject a user's id, or the name of a service
     */
    public String token(String subject, String... scopes) {
        return key.token(subject, List.of(scopes), TOKEN_LIFETIME);
    }

    /** The file of a token with which messaging-service reads metrics. */
    Path metricsToken() {
        folder.writeMetricsToken(key);
        return folder.metricsToken();
    }

    public String bootstrapServers() {
        return kafka().bootstrapServers();
    }

    /** A client of the broker, closed with it. */
    public Admin admin() {
        return admin;
    }

    /** Creates a topic with the contract's number of partitions, in place of one of that name. */
    public void createTopic(String name, Map<String, String> settings) throws ExecutionException, InterruptedException {
        if (kafkaTopics().contains(name)) {
            admin.deleteTopics(List.of(name)).all().get();
        }
        NewTopic topic = new NewTopic(name, MessageEventsTopic.PARTITIONS, (short) 1).configs(settings);
        admin.createTopics(List.of(topic)).all().get();
    }

    /** Deletes the topics whose names begin with {@code prefix}. */
    public void deleteTopics(String prefix) throws ExecutionException, InterruptedException {
        admin.deleteTopics(kafkaTopics().stream()
                        .filter(topic -> topic.startsWith(prefix))
                        .toList())
                .all()
                .get();
    }

    private List<String> kafkaTopics() throws ExecutionException, InterruptedException {
        return List.copyOf(admin.listTopics().names().get());
    }

    /** How many records a topic with the contract's number of partitions has taken. */
    public long records(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, MessageEventsTopic.PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /** Creates a database in place of one of that name; a checkpoint makes sure that nothing older is still to be written. */
    public Database newDatabase(String name) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            Database database = postgresql().createDatabase(name);
            statement.execute("CHECKPOINT");
            return database;
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create database " + name, e);
        }
    }

    public Connection connect(String database) throws SQLException {
        return postgresql().database(database).connect();
    }

    /** What PostgreSQL answers to {@code sql}, a query of one value. */
    public String ask(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused " + sql, e);
        }
    }

    /** The CPU time that both servers have used so far. */
    public ServersCpu cpu() {
        return new ServersCpu(
                ProcessUsage.cpuSecondsOfTree(postgresql().processes().get(0).pid()),
                ProcessUsage.cpuSeconds(kafka().processId()));
    }

    // EmbeddedServers starts both.
    private KafkaServer kafka() {
        return (KafkaServer) servers.kafka();
    }

    private PostgresqlServer postgresql() {
        return (PostgresqlServer) servers.postgresql();
    }

    @Override
    public void close() {
        admin.close();
        servers.close();
        lock.close();
    }
}
