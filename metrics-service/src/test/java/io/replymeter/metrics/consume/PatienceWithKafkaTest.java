package io.replymeter.metrics.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.metrics.IntegrationTest;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * How long consumers wait for a broker, and a broker for consumers: what was measured by campaigns of faults, as the settings
 * that make the difference. A test of the behaviour would have to assert times.
 */
@IntegrationTest
class PatienceWithKafkaTest {

    @Autowired
    ConsumerFactory<?, ?> consumers;

    /** With Kafka's 30 s, connections that a firewall had forgotten held the ingest up for a minute. */
    @Test
    void aConnectionOnWhichTheBrokerSaysNothingIsGivenUpAfter10Seconds() {
        assertThat(settings().getInt(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG)).isEqualTo(10_000);
    }

    /** With Kafka's 5 minutes, nothing was read for as long after consumers and broker had been killed together. */
    @Test
    void aRestartedBrokerWaits30SecondsForConsumersThatDiedWithIt() {
        assertThat(settings().getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG))
                .isEqualTo(30_000);
    }

    private ConsumerConfig settings() {
        return new ConsumerConfig(consumers.getConfigurationProperties());
    }
}
