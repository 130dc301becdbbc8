package io.replymeter.metrics.consume;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.metrics.ingest.Quarantine;
import io.replymeter.metrics.ingest.QuarantineReason;
import io.replymeter.metrics.log.Topic;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** DOWN while a partition is stopped or stands still. Part of the health and not of the readiness: the service answers all the same. */
@Component
class IngestHealthIndicator implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(IngestHealthIndicator.class);

    private final Consumers consumers;
    private final StalledPartitions stalled;
    private final Topic topic;
    private final Quarantine quarantine;

    private volatile Map<QuarantineReason, Long> quarantined = Map.of();

    IngestHealthIndicator(
            Consumers consumers, StalledPartitions stalled, Topic topic, Quarantine quarantine, MeterRegistry meters) {
        this.consumers = consumers;
        this.stalled = stalled;
        this.topic = topic;
        this.quarantine = quarantine;
        Gauge.builder(
                        "replymeter.ingest.stalled.partitions",
                        () -> stalled.reasons().size())
                .description("Partitions of the live generation that are not read on, whichever instance should do it")
                .register(meters);
        for (QuarantineReason reason : QuarantineReason.values()) {
            Gauge.builder("replymeter.quarantine.records", () -> quarantined.getOrDefault(reason, 0L))
                    .description("Records in the quarantine that were not published again")
                    .tag("reason", reason.name())
                    .register(meters);
        }
    }

    @Scheduled(fixedDelay = 10_000)
    void count() {
        try {
            quarantined = quarantine.counts();
        } catch (DataAccessException e) {
            log.debug("How many records are quarantined stays as it is: the database did not answer", e);
        }
    }

    @Override
    public Health health() {
        Map<Integer, String> standing = stalled.reasons();
        boolean isUp = consumers.stopped().isEmpty()
                && standing.isEmpty()
                && consumers.lastDeath().isEmpty()
                && topic.problem().isEmpty();
        Health.Builder health = isUp ? Health.up() : Health.down();
        consumers
                .stopped()
                .forEach((generation, partitions) -> health.withDetail("generation " + generation, partitions));
        Long unprocessable = quarantined.get(QuarantineReason.UNPROCESSABLE);
        if (unprocessable != null) {
            health.withDetail("unprocessable", unprocessable);
        }
        if (!standing.isEmpty()) {
            health.withDetail("stalled", standing);
        }
        consumers
                .lastDeath()
                .ifPresent(death -> health.withDetail(
                        "consumers",
                        "one ended by an error, which the log has, and all were started again at " + death));
        topic.problem().ifPresent(problem -> health.withDetail("topic", problem));
        topic.state()
                .map(state -> state.differences())
                .filter(differences -> !differences.isEmpty())
                .ifPresent(differences -> health.withDetail("topicSettings", differences));
        return health.build();
    }
}
