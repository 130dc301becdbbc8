package io.replymeter.benchmarks.facts;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Which form of keeping facts is cheapest? Takes generated messages in with each form in turn, round after round, and
 * prints throughput, PostgreSQL's CPU time, WAL and size on disk. Arguments are {@code name=value}, see {@link #main}.
 */
public final class FactForms {
    private static final int WORKERS = 2;
    private static final OperatingSystemMXBean JVM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private record Result(
            double perSecond, double pgCpu, double jvmCpu, double wal, double table, double indexes, double hot) {}

    /** What has been used so far; times in microseconds. */
    private record Usage(double micros, double pgCpu, double jvmCpu, double wal) {
        Usage since(Usage before) {
            return new Usage(micros - before.micros, pgCpu - before.pgCpu, jvmCpu - before.jvmCpu, wal - before.wal);
        }
    }

    private final Server server;
    private final Map<String, FactForm> forms = new LinkedHashMap<>();

    private FactForms(Server server, Map<String, String> options) {
        this.server = server;
        int fillfactor = Integer.parseInt(options.getOrDefault("fillfactor", "100"));
        String storage = options.getOrDefault("storage", "EXTERNAL");
        Map<String, FactForm> all = Map.of(
                "A",
                new RowPerMessage(fillfactor),
                "B",
                new PackedFacts(fillfactor, storage, PackedFacts::writeUnnested),
                "Bu",
                new PackedFacts(fillfactor, storage, PackedFacts::writeUpserted),
                "B2",
                new AppendedFacts(fillfactor, storage),
                "B3",
                new PackedFacts(fillfactor, storage, new CopyWriter()),
                "C",
                new ArrayFacts(fillfactor));
        for (String name : options.getOrDefault("forms", "A,B,Bu,B2,B3,C").split(",")) {
            forms.put(name, all.get(name));
        }
    }

    /**
     * @param args {@code messages}, {@code rounds}, {@code batches} (sizes), {@code forms}, {@code fillfactor},
     *     {@code storage} (of packed facts), {@code degenerate} (sizes of one conversation), {@code settings} (SQL for
     *     each connection), {@code driver} (properties of the driver), each {@code name=value}
     */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        Arrays.stream(args).map(arg -> arg.split("=", 2)).forEach(arg -> options.put(arg[0], arg[1]));
        String settings =
                options.getOrDefault("settings", "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off");
        String driver = options.getOrDefault("driver", "&prepareThreshold=-1");
        try (Server server = new Server(driver, settings)) {
            System.out.println(server.text("SELECT version()") + " " + options);
            FactForms benchmark = new FactForms(server, options);
            benchmark.check();
            benchmark.throughput(
                    Integer.parseInt(options.getOrDefault("messages", "1000000")),
                    numbers(options.getOrDefault("batches", "500,2000,10000")),
                    Integer.parseInt(options.getOrDefault("rounds", "3")));
            benchmark.degenerate(numbers(options.getOrDefault("degenerate", "1000,10000,100000")));
        }
    }

    private static int[] numbers(String list) {
        return Arrays.stream(list.split(","))
                .filter(n -> !n.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** All forms agree, also on a log with late and repeated messages; warms up on the way. */
    private void check() throws Exception {
        Workload workload = new Workload(7);
        List<Message> messages = workload.messages(20_000);
        List<Message> disordered = workload.disordered(messages);
        for (Map.Entry<String, FactForm> form : forms.entrySet()) {
            ingest(form.getValue(), messages, 300);
            String expected = state(form.getValue());
            ingest(form.getValue(), disordered, 300);
            System.out.printf("%-3s %s%n", form.getKey(), expected);
            if (!state(form.getValue()).equals(expected)) {
                throw new IllegalStateException(form.getKey() + " depends on order: " + state(form.getValue()));
            }
        }
    }

    private void throughput(int count, int[] batchSizes, int rounds) throws Exception {
        if (rounds == 0) {
            return;
        }
        List<Message> messages = new Workload(42).messages(count);
        for (int batchSize : batchSizes) {
            Map<String, List<Result>> results = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<String, FactForm> form : forms.entrySet()) {
                    Result result = ingest(form.getValue(), messages, batchSize);
                    results.computeIfAbsent(form.getKey(), key -> new ArrayList<>())
                            .add(result);
                    System.out.printf(
                            "round %d batch %d %-3s %s %.0f/s%n",
                            round, batchSize, form.getKey(), state(form.getValue()), result.perSecond);
                }
            }
            results.forEach((form, some) -> print(form, batchSize, some));
        }
    }

    private Result ingest(FactForm form, List<Message> messages, int batchSize) throws Exception {
        server.execute("DROP TABLE IF EXISTS fact, conversation");
        server.execute(form.tables());
        server.execute("CHECKPOINT");
        List<Connection> connections = new ArrayList<>();
        List<Callable<Void>> workers = new ArrayList<>();
        for (List<Message> share : Workload.shares(messages, WORKERS)) {
            Connection connection = server.connect();
            form.prepare(connection);
            connection.setAutoCommit(false);
            connections.add(connection);
            workers.add(() -> ingestShare(form, connection, share, batchSize));
        }
        System.gc();
        ExecutorService executor = Executors.newFixedThreadPool(WORKERS);
        try {
            Usage before = usage();
            for (Future<Void> worker : executor.invokeAll(workers)) {
                worker.get();
            }
            // The connections stay open until here: the CPU time of a backend that is just ending could be missed.
            Usage used = usage().since(before);
            for (Connection connection : connections) {
                connection.close();
            }
            server.awaitNoOtherBackend();
            return result(used, messages.size());
        } finally {
            executor.shutdown();
        }
    }

    private static Void ingestShare(FactForm form, Connection connection, List<Message> share, int batchSize)
            throws SQLException {
        for (int from = 0; from < share.size(); from += batchSize) {
            form.apply(connection, share.subList(from, Math.min(share.size(), from + batchSize)));
            connection.commit();
        }
        return null;
    }

    private Usage usage() throws Exception {
        return new Usage(System.nanoTime() / 1e3, server.cpuMicros(), JVM.getProcessCpuTime() / 1e3, server.walBytes());
    }

    private Result result(Usage used, double n) throws Exception {
        return new Result(
                n / used.micros * 1e6,
                used.pgCpu / n,
                used.jvmCpu / n,
                used.wal / n,
                partitions("sum(pg_table_size(oid))") / n,
                partitions("sum(pg_indexes_size(oid))") / n,
                partitions("round(100.0 * sum(pg_stat_get_tuples_hot_updated(oid))"
                        + " / greatest(1, sum(pg_stat_get_tuples_updated(oid))))"));
    }

    private double partitions(String sums) throws Exception {
        return server.number("SELECT " + sums + " FROM pg_class WHERE relname IN ('fact_1', 'conversation_1')");
    }

    /** How many facts there are, and a digest of what they fold to. */
    private String state(FactForm form) throws Exception {
        return server.text(form.count()) + " facts, fold "
                + server.text(
                        "SELECT sum(hashtextextended(conversation_id::text || threads::text, 0)) FROM conversation");
    }

    private static void print(String form, int batchSize, List<Result> results) {
        double[] perSecond =
                sorted(results.stream().mapToDouble(Result::perSecond).toArray());
        System.out.printf(
                "RESULT %-3s batch %5d: %6.0f / %6.0f / %6.0f messages/s, PG CPU %5.1f (%.1f-%.1f) us, JVM CPU %5.1f us,"
                        + " WAL %4.0f B, table %4.0f B, indexes %4.0f B a message, HOT %.0f%%%n",
                form,
                batchSize,
                perSecond[0],
                perSecond[perSecond.length / 2],
                perSecond[perSecond.length - 1],
                median(results.stream().mapToDouble(Result::pgCpu).toArray()),
                results.stream().mapToDouble(Result::pgCpu).min().orElseThrow(),
                results.stream().mapToDouble(Result::pgCpu).max().orElseThrow(),
                median(results.stream().mapToDouble(Result::jvmCpu).toArray()),
                median(results.stream().mapToDouble(Result::wal).toArray()),
                median(results.stream().mapToDouble(Result::table).toArray()),
                median(results.stream().mapToDouble(Result::indexes).toArray()),
                median(results.stream().mapToDouble(Result::hot).toArray()));
    }

    /** One conversation of that many messages, then batches that bring 10 more each. */
    private void degenerate(int[] sizes) throws Exception {
        int batches = 40;
        for (int size : sizes) {
            List<Message> messages = new Workload(42).conversation(size + batches * 10);
            for (Map.Entry<String, FactForm> form : forms.entrySet()) {
                server.execute("DROP TABLE IF EXISTS fact, conversation");
                server.execute(form.getValue().tables());
                try (Connection connection = server.connect()) {
                    form.getValue().prepare(connection);
                    connection.setAutoCommit(false);
                    form.getValue().apply(connection, messages.subList(0, size));
                    connection.commit();
                    server.execute("CHECKPOINT");
                    double cpu = server.cpuMicros();
                    long wal = server.walBytes();
                    double[] millis = new double[batches];
                    for (int i = 0; i < batches; i++) {
                        long start = System.nanoTime();
                        form.getValue().apply(connection, messages.subList(size + i * 10, size + i * 10 + 10));
                        connection.commit();
                        millis[i] = (System.nanoTime() - start) / 1e6;
                    }
                    sorted(millis);
                    System.out.printf(
                            "DEGENERATE %-3s %6d messages: %.1f / %.1f / %.1f ms, PG CPU %.1f ms, WAL %.0f kB a batch,"
                                    + " on disk then %.0f kB%n",
                            form.getKey(),
                            size,
                            millis[0],
                            median(millis),
                            millis[batches - 1],
                            (server.cpuMicros() - cpu) / 1e3 / batches,
                            (server.walBytes() - wal) / 1e3 / batches,
                            partitions("sum(pg_total_relation_size(oid))") / 1e3);
                }
            }
        }
    }

    private static double[] sorted(double[] values) {
        Arrays.sort(values);
        return values;
    }

    private static double median(double[] values) {
        return sorted(values)[values.length / 2];
    }
}
