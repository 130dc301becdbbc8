package io.replymeter.benchmarks.servers;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.KafkaServer;
import io.replymeter.embedded.Ports;
import io.replymeter.embedded.PostgresqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The local stack's broker and PostgreSQL, durable as there, on a folder of their own. */
public final class BenchmarkServers implements AutoCloseable {

    /** As one would set a server that holds more than toys, for everybody who is measured. */
    private static final Map<String, String> POSTGRESQL = Map.of("shared_buffers", "1GB", "max_wal_size", "4GB");

    private final Path folder;
    private final KafkaServer kafka;
    private final long kafkaProcess;
    private final PostgresqlServer postgresql;
    private final long postgresqlProcess;

    private BenchmarkServers(Path folder, KafkaServer kafka, long kafkaProcess, PostgresqlServer postgresql) {
        this.folder = folder;
        this.kafka = kafka;
        this.kafkaProcess = kafkaProcess;
        this.postgresql = postgresql;
        this.postgresqlProcess = postmaster(folder);
    }

    /** Starts both on {@code folder}, which keeps their data. */
    public static BenchmarkServers start(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Long> before = children();
        KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"), Ports.free(), folder.resolve("kafka.log"));
        long process = children().stream()
                .filter(child -> !before.contains(child))
                .findFirst()
                .orElseThrow();
        try {
            PostgresqlServer postgresql = PostgresqlServer.start(
                    folder.resolve("postgresql"), Ports.free(), POSTGRESQL, folder.resolve("postgresql.log"));
            return new BenchmarkServers(folder, kafka, process, postgresql);
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    private static List<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }

    private static long postmaster(Path folder) {
        try {
            Path file = folder.resolve("postgresql").resolve("postmaster.pid");
            return Long.parseLong(Files.readAllLines(file).get(0).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** The JDBC URL of {@code database}, made anew and empty, with nothing left to be written of what was before. */
    public String newDatabase(String database) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
            postgresql.createDatabase(database);
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new IllegalStateException("Could not make database " + database, e);
        }
        return jdbcUrl(database);
    }

    boolean hasDatabase(String database) {
        return !ask("postgres", "SELECT count(*) FROM pg_database WHERE datname = '" + database + "'")
                .equals("0");
    }

    public String jdbcUrl(String database) {
        Database reached = postgresql.database(database);
        return reached.jdbcUrl() + "?user=" + reached.username();
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database));
    }

    /** What PostgreSQL says to {@code sql}, a query of one value. */
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

    /** CPU seconds of PostgreSQL so far. */
    public double postgresqlCpu() {
        return CpuTime.ofTree(postgresqlProcess);
    }

    /** CPU seconds of the broker so far. */
    public double kafkaCpu() {
        return CpuTime.of(kafkaProcess);
    }

    @Override
    public void close() {
        kafka.close();
        postgresql.close();
    }
}
