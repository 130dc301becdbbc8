package io.replymeter.metrics.ingest;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.replymeter.embedded.TestServers;
import io.replymeter.events.Event;
import io.replymeter.events.EventCodec;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.metrics.IntegrationTest;
import io.replymeter.metrics.log.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@IntegrationTest
class EndToEndTest {

    private static final RequestPostProcessor READER =
            jwt().authorities(new SimpleGrantedAuthority("SCOPE_metrics:read"));

    private final UUID provider = UUID.randomUUID();

    @Autowired
    MockMvc http;

    @Autowired
    Topic topic;

    @Test
    void aRecordInTheTopicShowsInTheMetrics() {
        Instant start = Instant.now().minus(Duration.ofDays(2));
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < 4; i++) {
                UUID conversation = UUID.randomUUID();
                UUID client = UUID.randomUUID();
                send(producer, message(conversation, client, Role.CLIENT, provider, start.plusSeconds(i)));
                if (i < 3) {
                    send(producer, message(conversation, provider, Role.PROVIDER, client, start.plusSeconds(600 + i)));
                }
            }
        }

        await().untilAsserted(() -> http.perform(
                        get("/api/v1/providers/{id}/response-metrics", provider).with(READER))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("AVAILABLE"))
                .andExpect(jsonPath("$.sampleSize").value(4))
                .andExpect(jsonPath("$.answered").value(3))
                .andExpect(jsonPath("$.unanswered").value(1))
                .andExpect(jsonPath("$.responseRatePercent").value(75.0))
                .andExpect(jsonPath("$.averageResponseTimeSeconds").value(600.0))
                .andExpect(jsonPath("$.lastUpdated").value(notNullValue())));
    }

    @Test
    void anUnknownProviderHasNoData() throws Exception {
        http.perform(get("/api/v1/providers/{id}/response-metrics", UUID.randomUUID())
                        .with(READER))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("INSUFFICIENT_DATA"))
                .andExpect(jsonPath("$.sampleSize").value(0))
                .andExpect(jsonPath("$.responseRatePercent").value(nullValue()));
    }

    private static MessageCreated message(UUID conversation, UUID sender, Role role, UUID recipient, Instant at) {
        return new MessageCreated(
                UUID.randomUUID(),
                conversation,
                sender,
                role,
                recipient,
                role == Role.CLIENT ? Role.PROVIDER : Role.CLIENT,
                MessageKind.HUMAN,
                at,
                null);
    }

    private void send(KafkaProducer<String, byte[]> producer, Event event) {
        producer.send(new ProducerRecord<>(
                topic.name(), MessageEventsTopic.key(event.conversationId()), new EventCodec().encode(event)));
    }
}
