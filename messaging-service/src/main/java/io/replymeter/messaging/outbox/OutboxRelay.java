package io.replymeter.messaging.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/** Runs every {@link Lane} while the application runs; whichever instance owns a lane sends its events. */
@Component
class OutboxRelay implements SmartLifecycle {

    private final OutboxProperties properties;
    private final IntFunction<Lane> newLane;
    private List<Lane> running = List.of();
    private volatile List<Thread> threads = List.of();

    OutboxRelay(
            OutboxProperties properties,
            EventsProperties events,
            Lanes lanes,
            DataSource pool,
            ProducerFactory<?, ?> producers,
            KafkaAdmin admin,
            MeterRegistry meters) {
        this.properties = properties;
        DataSource database = ownSessions(pool);
        EventTopic topic = new EventTopic(events, admin.getConfigurationProperties());
        Map<String, Object> settings = producers.getConfigurationProperties();
        Counter sent = Counter.builder("replymeter.outbox.sent")
                .description("Events that Kafka has acknowledged")
                .register(meters);
        this.newLane = number -> new Lane(number, lanes, properties, database, topic, settings, sent::increment);
    }

    /** Sessions outside of the pool: they are held for good, and noticed within half a minute when the network is gone. */
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

    @Override
    public void start() {
        running = Lanes.all().mapToObj(newLane).toList();
        threads = running.stream().map(OutboxRelay::started).toList();
    }

    private static Thread started(Lane lane) {
        Thread thread = new Thread(lane, "outbox-lane");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Lets the lanes finish what they are sending. What is left stays in the outbox for the next owner. */
    @Override
    public void stop() {
        running.forEach(Lane::stop);
        long deadline = System.nanoTime() + properties.stopWithin().toNanos();
        threads.forEach(thread -> join(thread, Duration.ofNanos(deadline - System.nanoTime())));
        threads.forEach(Thread::interrupt);
        threads.forEach(thread -> join(thread, properties.stopWithin()));
        threads = List.of();
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
        return !threads.isEmpty();
    }

    /** Starts before the web server and stops after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
