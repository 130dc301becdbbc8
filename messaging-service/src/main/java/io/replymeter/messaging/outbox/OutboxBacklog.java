package io.replymeter.messaging.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.logging.ErrorLog;
import io.replymeter.messaging.outbox.Outbox.Backlog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How much waits to be sent, and for how long: gauges and a health contribution, the same on every instance. Events that
 * wait are {@code DELAYED} at first. What stands still for a minute is {@code DOWN}: events that wait, a shard that no
 * instance owns, or this measurement; also, at once, a shard whose thread has ended on this instance, which only a restart
 * mends. Messages are accepted all the same, so that readiness includes nothing of it.
 */
@Component
class OutboxBacklog implements HealthIndicator {

    /** A shard that stands still, since when, and why. */
    record Standing(int shard, String age, String reason) {
        static Standing of(int shard, double seconds, String reason) {
            return new Standing(shard, Duration.ofSeconds((long) seconds).toString(), reason);
        }
    }

    private static final Status DELAYED = new Status("DELAYED", "Events wait for Kafka; messages are accepted");
    private static final double DELAYED_AFTER_SECONDS = 30;
    private static final double STANDING_AFTER_SECONDS = 60;
    private static final ErrorLog errors = new ErrorLog(LoggerFactory.getLogger(OutboxBacklog.class));

    /** @param ownerlessSince by shard, on the clock of {@code at} */
    private record Measurement(long at, List<Backlog> shards, Map<Integer, Long> ownerlessSince) {
        long size() {
            return shards.stream().mapToLong(Backlog::size).sum();
        }

        double oldestAgeSeconds() {
            return shards.stream().mapToDouble(Backlog::oldestAgeSeconds).max().orElse(0);
        }

        Stream<Standing> standing() {
            return shards.stream().flatMap(this::standing);
        }

        private Stream<Standing> standing(Backlog shard) {
            double ownerless = seconds(at - ownerlessSince.getOrDefault(shard.shard(), at));
            if (ownerless >= STANDING_AFTER_SECONDS) {
                return Stream.of(Standing.of(shard.shard(), ownerless, "no instance owns it"));
            }
            if (shard.oldestAgeSeconds() >= STANDING_AFTER_SECONDS) {
                return Stream.of(Standing.of(shard.shard(), shard.oldestAgeSeconds(), "its events are not sent"));
            }
            return Stream.empty();
        }
    }

    private final Outbox outbox;
    private final OutboxRelay relay;
    private final LongSupplier nanoTime;
    private volatile Measurement last;

    @Autowired
    OutboxBacklog(Outbox outbox, OutboxRelay relay, MeterRegistry meters) {
        this(outbox, relay, meters, System::nanoTime);
    }

    OutboxBacklog(Outbox outbox, OutboxRelay relay, MeterRegistry meters, LongSupplier nanoTime) {
        this.outbox = outbox;
        this.relay = relay;
        this.nanoTime = nanoTime;
        this.last = new Measurement(nanoTime.getAsLong(), List.of(), Map.of());
        Gauge.builder("replymeter.outbox.size", () -> last.size())
                .description("Events that wait to be sent")
                .register(meters);
        Gauge.builder("replymeter.outbox.oldest.age", () -> last.oldestAgeSeconds())
                .baseUnit("seconds")
                .description("How long the oldest event has waited")
                .register(meters);
        Gauge.builder(
                        "replymeter.outbox.ownerless.shards",
                        () -> last.ownerlessSince().size())
                .description("Shards of the outbox that no instance relays")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "${replymeter.outbox.backlog-interval:5s}")
    void measure() {
        try {
            List<Backlog> shards = outbox.backlog();
            long now = nanoTime.getAsLong();
            Map<Integer, Long> ownerlessSince = new HashMap<>();
            for (Backlog shard : shards) {
                if (!shard.isOwned()) {
                    ownerlessSince.put(shard.shard(), last.ownerlessSince().getOrDefault(shard.shard(), now));
                }
            }
            last = new Measurement(now, shards, ownerlessSince);
        } catch (RuntimeException e) {
            errors.report("The outbox's backlog could not be measured; the last measurement stands", e);
        }
    }

    @Override
    public Health health() {
        Measurement seen = last;
        Health.Builder health = Health.up();
        if (seen.oldestAgeSeconds() > DELAYED_AFTER_SECONDS) {
            health.status(DELAYED);
        }
        addWhatStands(seen, health);
        Map<Integer, String> lastErrors = relay.lastErrors();
        if (!lastErrors.isEmpty()) {
            health.withDetail("lastErrors", lastErrors);
        }
        return health.withDetail("waiting", seen.size())
                .withDetail(
                        "oldest",
                        Duration.ofSeconds((long) seen.oldestAgeSeconds()).toString())
                .build();
    }

    private void addWhatStands(Measurement seen, Health.Builder health) {
        List<Integer> ended = relay.endedShards();
        if (!ended.isEmpty()) {
            health.down().withDetail("endedShards", ended);
        }
        List<Standing> standing = seen.standing().toList();
        if (!standing.isEmpty()) {
            health.down().withDetail("standing", standing);
        }
        double unmeasured = seconds(nanoTime.getAsLong() - seen.at());
        if (unmeasured >= STANDING_AFTER_SECONDS) {
            health.down()
                    .withDetail(
                            "notMeasuredFor",
                            Duration.ofSeconds((long) unmeasured).toString());
        }
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
