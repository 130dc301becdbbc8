package io.replymeter.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

class DeadConsumersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();
    private final AtomicBoolean isOutOfMemory = new AtomicBoolean();

    @Test
    void aConsumerThatEndedByAnErrorIsStartedAgain() {
        try (TestLog log = new TestLog(topic.name());
                Instance instance = Instance.start(Instance.arguments(topic), context -> {
                    context.registerBean(JdbcConnectionDetails.class, () -> Connections.to(database));
                    context.registerBean(KafkaConnectionDetails.class, Connections::kafka);
                    context.registerBean(FailingTransactions.class, () -> new FailingTransactions(isOutOfMemory));
                })) {
            UUID provider = UUID.randomUUID();
            log.inquiry(provider, Instant.now(), null);
            awaitInquiries(1, instance);

            isOutOfMemory.set(true);
            log.inquiry(provider, Instant.now(), null);

            await().atMost(PATIENCE).until(() -> health(instance).getStatus().equals(Status.DOWN));
            awaitInquiries(2, instance);
        }
    }

    private static Health health(Instance instance) {
        return requireNonNull(
                instance.bean("ingestHealthIndicator", HealthIndicator.class).health());
    }

    private static void awaitInquiries(int expected, Instance instance) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(instance.bean(JdbcClient.class)
                                .sql("SELECT count(*) FROM inquiry")
                                .query(Integer.class)
                                .single())
                        .isEqualTo(expected));
    }

    /** Fails once in a consumer's thread as if there were no memory. */
    private record FailingTransactions(AtomicBoolean isOutOfMemory) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof TransactionTemplate real)) {
                return bean;
            }
            return new TransactionTemplate(requireNonNull(real.getTransactionManager())) {
                @Override
                public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
                    if (Thread.currentThread().getName().contains("generation-") && isOutOfMemory.getAndSet(false)) {
                        throw new OutOfMemoryError("made by the test");
                    }
                    return super.execute(action);
                }
            };
        }
    }
}
