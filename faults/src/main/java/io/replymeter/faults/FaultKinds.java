package io.replymeter.faults;

import static io.replymeter.faults.Fault.lasting;
import static io.replymeter.faults.Fault.momentary;
import static io.replymeter.faults.Fault.planned;
import static io.replymeter.faults.Fault.takenOver;

import io.replymeter.embedded.faults.Link;
import io.replymeter.embedded.faults.Signals;
import io.replymeter.faults.Fault.Mending;
import io.replymeter.faults.stack.Cluster;
import io.replymeter.faults.stack.Instance;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All faults of a campaign. */
final class FaultKinds {

    private static final Mending NOTHING = () -> {};
    private static final int JOINS = 5;
    private static final int LEAST_SECONDS_FROZEN = 60;
    private static final int MOST_SECONDS_FROZEN = 120;
    private static final String SESSIONS = """
            SELECT pid FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND datname IN ('messaging', 'metrics') ORDER BY pid
            """;
    private static final String END_SESSIONS =
            "SELECT count(pg_terminate_backend(pid)) FROM (" + SESSIONS + ") AS session";

    private final Cluster cluster;
    private final String topic;

    FaultKinds(Cluster cluster, String topic) {
        this.cluster = cluster;
        this.topic = topic;
    }

    List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        ofInstances(all, "messaging-service", cluster.messaging());
        ofInstances(all, "metrics-service", cluster.metrics());
        all.addAll(ofServers());
        all.addAll(ofLinks());
        all.add(momentary("consumers join and leave " + JOINS + " times", random -> rebalanceStorm()));
        all.add(planned("rolling deploy (SIGTERM, one after another)", random -> deploy()));
        return all;
    }

    private void ofInstances(List<Fault> all, String service, List<Instance> instances) {
        all.add(takenOver("kill -9 " + service, random -> broken(random, instances, Instance::kill)));
        all.add(takenOver("host of " + service + " vanishes", random -> broken(random, instances, Instance::vanish)));
        all.add(takenOver("kill -STOP " + service, random -> {
            Instance victim = any(instances, random);
            victim.freeze();
            long end = System.nanoTime()
                    + TimeUnit.SECONDS.toNanos(random.nextInt(LEAST_SECONDS_FROZEN, MOST_SECONDS_FROZEN));
            return () -> {
                TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
                victim.thaw();
            };
        }));
        all.add(lasting("kill -9 both of " + service, 0, 5, random -> {
            instances.forEach(Instance::kill);
            return () -> startAll(instances);
        }));
    }

    private static void startAll(List<Instance> instances) {
        instances.forEach(Instance::start);
        instances.forEach(Instance::awaitReady);
    }

    private static Mending broken(Random random, List<Instance> instances, Consumer<Instance> breaking) {
        Instance victim = any(instances, random);
        breaking.accept(victim);
        return () -> {
            victim.start();
            victim.awaitReady();
        };
    }

    private List<Fault> ofServers() {
        return List.of(
                lasting("kill -9 the broker", 0, 10, random -> {
                    cluster.kafka().kill();
                    return cluster.kafka()::restart;
                }),
                lasting("kill -STOP the broker", 3, 15, random -> {
                    Signals.freeze(cluster.kafka().processId());
                    return () -> Signals.thaw(cluster.kafka().processId());
                }),
                momentary("all database sessions ended", random -> {
                    query("postgres", END_SESSIONS);
                    return NOTHING;
                }),
                momentary("kill -9 a database session (PostgreSQL restarts)", random -> {
                    List<Long> sessions = query("postgres", SESSIONS);
                    ProcessHandle.of(any(sessions, random)).ifPresent(ProcessHandle::destroyForcibly);
                    return NOTHING;
                }),
                lasting("kill -9 the postmaster", 0, 8, random -> {
                    cluster.killPostgresql();
                    return cluster::restartPostgresql;
                }),
                lasting("kill -STOP PostgreSQL", 3, 15, random -> postgresqlFrozen()),
                lasting("kill -STOP PostgreSQL, beyond max.poll.interval.ms", 35, 60, random -> postgresqlFrozen()),
                momentary("power failure (kill -9 of everything)", random -> {
                    cluster.instances().forEach(Instance::kill);
                    cluster.kafka().kill();
                    cluster.killPostgresql();
                    return () -> {
                        cluster.restartPostgresql();
                        cluster.kafka().restart();
                        startAll(cluster.instances());
                    };
                }),
                lasting("tables of metrics locked", 11, 20, random -> locked("metrics", "conversation, inquiry")),
                lasting("tables of messaging locked", 11, 20, random -> locked("messaging", "outbox, conversations")));
    }

    /** Whoever waits for it holds up all consumers of its instance. */
    private Mending postgresqlFrozen() {
        List<ProcessHandle> frozen = cluster.postgresqlProcesses();
        frozen.forEach(process -> Signals.freeze(process.pid()));
        return () -> frozen.forEach(process -> Signals.thaw(process.pid()));
    }

    private Mending locked(String database, String tables) throws SQLException {
        Connection holder = cluster.lock(database, tables);
        return holder::close;
    }

    private List<Fault> ofLinks() {
        return List.of(
                momentary("link cut", random -> {
                    anyLink(random).cut();
                    return NOTHING;
                }),
                takenOver(
                        "connections to the broker forgotten",
                        random -> forgotten(
                                any(cluster.instances(), random).links().get(0))),
                takenOver(
                        "connections to PostgreSQL forgotten",
                        random -> forgotten(
                                any(cluster.instances(), random).links().get(1))),
                lasting("link refused", 5, 15, random -> disturbed(random, Link::refuse, Link::open)),
                lasting("link silent, then open", 5, 30, random -> disturbed(random, Link::fallSilent, Link::open)),
                lasting("answers held, then link cut", 1, 6, random -> disturbed(random, Link::holdAnswers, Link::cut)),
                lasting("answers held, then open", 5, 30, random -> disturbed(random, Link::holdAnswers, Link::open)),
                lasting(
                        "requests delayed by 300 ms",
                        10,
                        10,
                        random -> disturbed(random, link -> link.delayRequests(Duration.ofMillis(300)), Link::open)));
    }

    private Mending disturbed(Random random, Consumer<Link> disturb, Consumer<Link> mend) {
        Link link = anyLink(random);
        disturb.accept(link);
        return () -> mend.accept(link);
    }

    private static Mending forgotten(Link link) {
        link.forgetConnections();
        return link::open;
    }

    private Link anyLink(Random random) {
        return any(any(cluster.instances(), random).links(), random);
    }

    /** A stranger takes part in the live generation's consumer group, reads nothing and leaves, again and again. */
    private Mending rebalanceStorm() throws SQLException {
        long live = query("metrics", "SELECT generation FROM active_generation").get(0);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                cluster.kafka().bootstrapServers(),
                "group.id",
                "replymeter-metrics-" + live,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "latest",
                "partition.assignment.strategy",
                CooperativeStickyAssignor.class.getName());
        for (int i = 0; i < JOINS; i++) {
            try (KafkaConsumer<byte[], byte[]> stranger =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                stranger.subscribe(List.of(topic));
                stranger.poll(Duration.ofSeconds(1));
            }
        }
        return NOTHING;
    }

    private Mending deploy() {
        cluster.instances().forEach(Instance::replace);
        return NOTHING;
    }

    private List<Long> query(String database, String sql) throws SQLException {
        try (Connection connection = cluster.connect(database);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            List<Long> numbers = new ArrayList<>();
            while (answer.next()) {
                numbers.add(answer.getLong(1));
            }
            return numbers;
        }
    }

    static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
