package io.replymeter.benchmarks.facts;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/** A PostgreSQL of its own that really writes to disk, and what it has used so far. Reads /proc: Linux only. */
final class Server implements AutoCloseable {
    private static final double MICROS_PER_TICK = 10_000;
    private final EmbeddedPostgres postgres;
    private final String settings;
    private final String url;
    private final Connection connection;
    private final long postmaster;

    Server(String driverProperties, String settings) throws IOException, SQLException {
        this.settings = settings;
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        url = postgres.getJdbcUrl("postgres", "postgres") + "&binaryTransferEnable=2951" + driverProperties;
        connection = connect();
        require("fsync", "on");
        require("synchronous_commit", "on");
        require("full_page_writes", "on");
        postmaster = parentOf(number("SELECT pg_backend_pid()"));
    }

    Connection connect() throws SQLException {
        Connection opened = DriverManager.getConnection(url);
        try (Statement statement = opened.createStatement()) {
            statement.execute(settings);
        }
        return opened;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    void awaitNoOtherBackend() throws SQLException, InterruptedException {
        while (number("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'") > 1) {
            Thread.sleep(10);
        }
    }

    long walBytes() throws SQLException {
        return number("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
    }

    /** CPU time of the postmaster, its children, and those of them that have ended, in microseconds. */
    double cpuMicros() throws IOException {
        double ticks = 0;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.filter(p -> isNumber(p)).toList()) {
                ticks += ticks(process);
            }
        }
        return ticks * MICROS_PER_TICK;
    }

    private double ticks(Path process) {
        try {
            String[] stat = stat(process);
            if (process.endsWith(Long.toString(postmaster))) {
                return sum(stat, 11, 15);
            }
            return Long.parseLong(stat[1]) == postmaster ? sum(stat, 11, 13) : 0;
        } catch (IOException endedMeanwhile) {
            return 0;
        }
    }

    private static double sum(String[] stat, int from, int to) {
        return Stream.of(stat)
                .skip(from)
                .limit(to - from)
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** The fields after the name of the process: state, parent, …; user and system time are 11 and 12. */
    private static String[] stat(Path process) throws IOException {
        String line = Files.readString(process.resolve("stat"));
        return line.substring(line.lastIndexOf(')') + 2).split(" ");
    }

    private static long parentOf(long pid) throws IOException {
        return Long.parseLong(stat(Path.of("/proc", Long.toString(pid)))[1]);
    }

    private static boolean isNumber(Path path) {
        return path.getFileName().toString().chars().allMatch(Character::isDigit);
    }

    private void require(String setting, String value) throws SQLException {
        String actual = text("SHOW " + setting);
        if (!actual.equals(value)) {
            throw new IllegalStateException(setting + " is " + actual);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        connection.close();
        postgres.close();
    }
}
