package io.replymeter.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The service without a broker: the name it looks for does not even resolve. */
@MessagingTest
@TestPropertySource(properties = {"replymeter.events.create-topic=false", "replymeter.outbox.backlog-interval=100ms"})
class KafkaAwayTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Nowhere {

        @Bean
        @Primary
        KafkaConnectionDetails nowhere() {
            return () -> List.of("no-such-host.invalid:9092");
        }
    }

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Test
    void messagesAreAcceptedAndTheBacklogIsSeenButReadinessStays() {
        UUID client = api.newUser("CLIENT");
        UUID provider = api.newUser("PROVIDER");

        api.json(
                201,
                api.post(
                        Api.user(client),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + provider + "\",\"body\":\"Hello\"}"));

        await().untilAsserted(() -> {
            database.sql("UPDATE outbox SET accepted_at = now() - interval '40 seconds'")
                    .update();
            assertThat(api.get(Api.service("metrics:ops"), "/actuator/prometheus"))
                    .bodyText()
                    .contains("replymeter_outbox_size 1.0");
            assertThat(api.json(200, api.get(Api.service("metrics:ops"), "/actuator/health"))
                            .path("status")
                            .asString())
                    .isEqualTo("DELAYED");
        });
        JsonNode outbox = api.json(200, api.get(Api.service("metrics:ops"), "/actuator/health"))
                .at("/components/outboxBacklog/details");
        assertThat(outbox.path("waiting").asInt()).isEqualTo(1);
        assertThat(outbox.path("lastErrors").propertyNames()).hasSize(Shards.COUNT);
        assertThat(api.json(200, api.get(Api.admin(), "/actuator/health/readiness"))
                        .path("status")
                        .asString())
                .isEqualTo("UP");
    }
}
