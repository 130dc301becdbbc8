package io.replymeter.metrics.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;

class BrokerTest {

    private final EventsProperties properties = new EventsProperties("any");
    private final Broker unresolvable =
            new Broker(properties, new KafkaAdmin(Map.of("bootstrap.servers", "no-such-host.invalid:9092")));

    @Test
    void aBrokerWhoseNameDoesNotResolveIsUnavailable() {
        assertThatExceptionOfType(BrokerUnavailable.class)
                .isThrownBy(() -> unresolvable.firstAppended(List.of(0)))
                .withMessageContaining("the broker did not answer");
        assertThatExceptionOfType(BrokerUnavailable.class).isThrownBy(() -> unresolvable.removeGroup("any"));
    }

    @Test
    void theTopicSaysWhyItCannotBeAsked() {
        Topic topic = new Topic(properties, unresolvable, Clock.systemUTC());

        assertThat(topic.askNow()).isEmpty();
        assertThat(topic.problem()).get().asString().contains("topic any cannot be read");
    }
}
