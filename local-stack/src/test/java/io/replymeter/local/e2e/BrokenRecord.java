package io.replymeter.local.e2e;

import static org.awaitility.Awaitility.await;

import io.replymeter.events.EventCodec;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.JsonNode;

/** A message in the topic that no reader understands yet, to a provider of its own. */
record BrokenRecord(UUID provider) {

    static BrokenRecord sent() {
        UUID provider = UUID.randomUUID();
        MessageCreated message = new MessageCreated(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                Role.CLIENT,
                provider,
                Role.PROVIDER,
                MessageKind.HUMAN,
                Instant.now(),
                null);
        String json = new String(new EventCodec().encode(message), StandardCharsets.UTF_8)
                .replace("\"version\":1", "\"version\":99");
        Map<String, Object> settings =
                Map.of("bootstrap.servers", EndToEnd.stack().kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(MessageEventsTopic.NAME, json.getBytes(StandardCharsets.UTF_8)));
        }
        return new BrokenRecord(provider);
    }

    /** Its id in the quarantine, once it is there. */
    long id() {
        return await().until(this::find, id -> id > 0);
    }

    private long find() {
        JsonNode records = EndToEnd.metrics()
                .get("/ops/v1/quarantine?limit=200", EndToEnd.opsToken())
                .expect(200)
                .path("records");
        for (JsonNode record : records) {
            if (record.path("providerId").asString("").equals(provider.toString())) {
                return record.path("id").asLong();
            }
        }
        return 0;
    }
}
