package io.replymeter.messaging.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How much waits to be sent, and for how long: two gauges and a health contribution. A backlog is {@code DELAYED}, never
 * down: messages are accepted and kept all the same, so that readiness stays as it is.
 */
@Component
class OutboxBacklog implements HealthIndicator {

    private static final Status DELAYED = new Status("DELAYED", "Events wait for Kafka; messages are accepted");
    private static final double DELAYED_AFTER_SECONDS = 30;

    private static final String BACKLOG = """
            SELECT count(*) AS size, coalesce(extract(epoch FROM clock_timestamp() - min(accepted_at)), 0) AS oldest_age
            FROM outbox
            """;

    private record Backlog(long size, double oldestAgeSeconds) {}

    private final JdbcClient jdbc;
    private volatile Backlog backlog = new Backlog(0, 0);

    OutboxBacklog(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        Gauge.builder("replymeter.outbox.size", () -> backlog.size())
                .description("Events that wait to be sent")
                .register(meters);
        Gauge.builder("replymeter.outbox.oldest.age", () -> backlog.oldestAgeSeconds())
                .baseUnit("seconds")
                .description("How long the oldest event has waited")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "${replymeter.outbox.backlog-interval:5s}")
    void measure() {
        try {
            backlog = jdbc.sql(BACKLOG)
                    .query((row, number) -> new Backlog(row.getLong("size"), row.getDouble("oldest_age")))
                    .single();
        } catch (DataAccessException e) {
            // The database's own health says so; the last measurement stands.
        }
    }

    @Override
    public Health health() {
        Backlog seen = backlog;
        Health.Builder health = seen.oldestAgeSeconds() > DELAYED_AFTER_SECONDS ? Health.status(DELAYED) : Health.up();
        return health.withDetail("waiting", seen.size())
                .withDetail(
                        "oldest",
                        Duration.ofSeconds((long) seen.oldestAgeSeconds()).toString())
                .build();
    }
}
