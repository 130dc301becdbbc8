package io.replymeter.messaging.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.tracing.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/** Runs every {@link OutboxShard} while the application runs; whichever instance owns a shard sends its events. */
@Component
class OutboxRelay implements SmartLifecycle {

    private record Running(OutboxShard shard, Thread thread) {
        static Running start(OutboxShard shard) {
            Thread thread = new Thread(shard, "outbox-shard-" + shard.number());
            thread.setDaemon(true);
            thread.start();
            return new Running(shard, thread);
        }
    }

    private final OutboxProperties properties;
    private final IntFunction<OutboxShard> newShard;
    private volatile List<Running> running = List.of();

    OutboxRelay(
            OutboxProperties properties,
            EventsProperties events,
            Shards shards,
            DataSource pool,
            ProducerFactory<?, ?> producers,
            KafkaAdmin admin,
            MeterRegistry meters,
            Traces traces) {
        this.properties = properties;
        DataSource database = ownSessions(pool);
        EventTopic topic = new EventTopic(events, admin.getConfigurationProperties());
        Counter sent = Counter.builder("replymeter.outbox.sent")
                .description("Events that Kafka has acknowledged")
                .register(meters);
        this.newShard = number -> new OutboxShard(
                number,
                shards,
                properties,
                database,
                topic,
                traces,
                producers::getConfigurationProperties,
                sent::increment);
    }

    /** Sessions outside the pool, because each is held for good. A network that is gone ends one within half a minute. */
    private static DataSource ownSessions(DataSource pool) {
        SimpleDriverDataSource sessions = DataSourceBuilder.derivedFrom(pool)
                .type(SimpleDriverDataSource.class)
                .build();
        Properties connection = new Properties();
        connection.setProperty("socketTimeout", "30");
        connection.setProperty("tcpKeepAlive", "true");
        sessions.setConnectionProperties(connection);
        return sessions;
    }

    /** The last errors of shards that cannot send, by shard. */
    Map<Integer, String> lastErrors() {
        Map<Integer, String> errors = new TreeMap<>();
        running.forEach(one -> {
            String error = one.shard().lastError();
            if (error != null) {
                errors.put(one.shard().number(), error);
            }
        });
        return errors;
    }

    /** The shards whose thread has ended although the relay runs. */
    List<Integer> endedShards() {
        return running.stream()
                .filter(one -> !one.thread().isAlive())
                .map(one -> one.shard().number())
                .toList();
    }

    @Override
    public void start() {
        running = Shards.all().mapToObj(newShard).map(Running::start).toList();
    }

    /** Lets the shards finish what they are sending. What is left stays in the outbox for the next owner. */
    @Override
    public void stop() {
        List<Running> ending = running;
        running = List.of();
        ending.forEach(one -> one.shard().stop());
        long deadline = System.nanoTime() + properties.stopWithin().toNanos();
        ending.forEach(one -> join(one.thread(), Duration.ofNanos(deadline - System.nanoTime())));
        ending.forEach(one -> one.thread().interrupt());
        ending.forEach(one -> join(one.thread(), properties.stopWithin()));
    }

    private static void join(Thread thread, Duration patience) {
        try {
            thread.join(Math.max(1, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !running.isEmpty();
    }

    /** Starts before the web server and stops after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
