package io.replymeter.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.TestServers;
import io.replymeter.messaging.Patience;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Patience.class)
class EventTopicTest {

    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers());
    private final EventsProperties properties = new EventsProperties("test-" + UUID.randomUUID(), true);
    private final EventTopic topic = new EventTopic(properties, kafka);

    @Test
    void aTopicThatIsStillThereIsUnchanged() {
        await().ignoreExceptions().untilAsserted(() -> {
            topic.ensureExists();
            topic.ensureUnchanged();
        });
    }

    @Test
    void aTopicThatWasCreatedAnewIsAnother() throws Exception {
        topic.ensureExists();
        await().ignoreExceptions().untilAsserted(this::delete);
        EventTopic anew = new EventTopic(properties, kafka);
        await().ignoreExceptions().untilAsserted(() -> {
            anew.ensureExists();
            anew.ensureUnchanged();
        });

        // A broker may still describe the topic that was deleted.
        await().untilAsserted(() -> assertThatThrownBy(topic::ensureUnchanged)
                .isInstanceOf(KafkaException.class)
                .hasMessageEndingWith("created anew"));
    }

    private void delete() throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteTopics(List.of(properties.topic())).all().get();
        }
    }
}
