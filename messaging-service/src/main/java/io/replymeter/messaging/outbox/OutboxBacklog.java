package io.replymeter.messaging.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.logging.ErrorLog;
import io.replymeter.messaging.outbox.Outbox.Backlog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How much waits to be sent, and for how long: two gauges and a health contribution. A backlog is {@code DELAYED}, since
 * messages are accepted and kept all the same. A shard whose thread has ended is {@code DOWN}: it sends nothing until the
 * service restarts. Readiness includes neither.
 */
@Component
class OutboxBacklog implements HealthIndicator {

    private static final Status DELAYED = new Status("DELAYED", "Events wait for Kafka; messages are accepted");
    private static final double DELAYED_AFTER_SECONDS = 30;
    private static final ErrorLog errors = new ErrorLog(LoggerFactory.getLogger(OutboxBacklog.class));

    private final Outbox outbox;
    private final OutboxRelay relay;
    private volatile Backlog backlog = new Backlog(0, 0);

    OutboxBacklog(Outbox outbox, OutboxRelay relay, MeterRegistry meters) {
        this.outbox = outbox;
        this.relay = relay;
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
            backlog = outbox.backlog();
        } catch (RuntimeException e) {
            errors.report("The outbox's backlog could not be measured; the last measurement stands", e);
        }
    }

    @Override
    public Health health() {
        Backlog seen = backlog;
        List<Integer> ended = relay.endedShards();
        Map<Integer, String> lastErrors = relay.lastErrors();
        Health.Builder health = Health.up();
        if (!ended.isEmpty()) {
            health.down().withDetail("endedShards", ended);
        } else if (seen.oldestAgeSeconds() > DELAYED_AFTER_SECONDS) {
            health.status(DELAYED);
        }
        if (!lastErrors.isEmpty()) {
            health.withDetail("lastErrors", lastErrors);
        }
        return health.withDetail("waiting", seen.size())
                .withDetail(
                        "oldest",
                        Duration.ofSeconds((long) seen.oldestAgeSeconds()).toString())
                .build();
    }
}
