package io.replymeter.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.MessagingTest;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ProducerFactory;

@MessagingTest
class PatienceWithKafkaTest {

    @Autowired
    ProducerFactory<?, ?> producers;

    /**
     * With Kafka's 30 s, connections that a firewall had forgotten held the outbox up for 61 s in a campaign of faults. A test
     * of that would have to assert times.
     */
    @Test
    void aConnectionOnWhichTheBrokerSaysNothingIsGivenUpAfter10Seconds() {
        Map<String, Object> settings = new HashMap<>(producers.getConfigurationProperties());
        settings.putAll(EventSender.IN_ORDER);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);

        assertThat(new ProducerConfig(settings).getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG))
                .isEqualTo(10_000);
    }
}
