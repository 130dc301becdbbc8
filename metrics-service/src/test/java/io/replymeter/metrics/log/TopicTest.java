package io.replymeter.metrics.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.TestServers;
import io.replymeter.metrics.TestTopic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;

class TopicTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TestTopic there = TestTopic.create();
    private final EventsProperties properties = new EventsProperties(there.name());
    private final Map<String, Object> connection =
            Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers());
    private final Topic topic =
            new Topic(properties, new Broker(properties, new KafkaAdmin(connection)), Clock.systemUTC());

    @Test
    void whatDiffersFromTheContractIsSaidOfTheTopicAsItIsNow() {
        awaitDifferences(List.of());

        there.addPartitions(1);
        awaitDifferences(List.of("it has 13 partitions, the contract asks for 12"));

        there.delete();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            there.recreate();
            return true;
        });
        awaitDifferences(List.of());
    }

    private void awaitDifferences(List<String> expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(topic.askNow().orElseThrow().differences()).isEqualTo(expected));
    }
}
