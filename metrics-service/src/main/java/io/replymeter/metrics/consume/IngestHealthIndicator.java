package io.replymeter.metrics.consume;

import io.replymeter.metrics.log.Topic;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** DOWN while a partition is stopped. Part of the health and not of the readiness: the service answers all the same. */
@Component
class IngestHealthIndicator implements HealthIndicator {

    private final Consumers consumers;
    private final Topic topic;

    IngestHealthIndicator(Consumers consumers, Topic topic) {
        this.consumers = consumers;
        this.topic = topic;
    }

    @Override
    public Health health() {
        Health.Builder health =
                consumers.stopped().isEmpty() && topic.problem().isEmpty() ? Health.up() : Health.down();
        consumers
                .stopped()
                .forEach((generation, partitions) -> health.withDetail("generation " + generation, partitions));
        topic.problem().ifPresent(problem -> health.withDetail("topic", problem));
        topic.state()
                .map(state -> state.differences())
                .filter(differences -> !differences.isEmpty())
                .ifPresent(differences -> health.withDetail("topicSettings", differences));
        return health.build();
    }
}
