package io.replymeter.metrics.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.TestServers;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** It was restored while an instance was reading, or a standby took over that lacked the last transactions. */
class ADatabaseThatWentBackTest {

    private static final String GO_BACK = """
            TRUNCATE conversation, inquiry, daily_metrics;
            UPDATE partition_offset SET next_offset = first_offset
            """;

    private final UUID provider = UUID.randomUUID();

    @Test
    void isBroughtUpToDateFromTheTopicAlthoughNoRecordComes() {
        TestTopic topic = TestTopic.create();
        try (TestLog log = new TestLog(topic.name());
                Instance instance = Instance.start(TestServers.newDatabase(), topic)) {
            for (int i = 0; i < 30; i++) {
                log.inquiry(provider, Instant.now(), null);
            }
            awaitInquiries(30, instance);

            instance.bean(JdbcClient.class).sql(GO_BACK).update();

            awaitInquiries(30, instance);
        }
    }

    private void awaitInquiries(int expected, Instance instance) {
        await().atMost(Duration.ofMinutes(5))
                .untilAsserted(() -> assertThat(instance.bean(JdbcClient.class)
                                .sql("SELECT sum(inquiries) FROM daily_metrics WHERE provider_id = ?")
                                .param(provider)
                                .query(Integer.class)
                                .optional())
                        .hasValue(expected));
    }
}
