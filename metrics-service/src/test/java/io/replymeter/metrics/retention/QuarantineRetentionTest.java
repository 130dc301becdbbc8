package io.replymeter.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class QuarantineRetentionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MOST = 100_000;
    private static final String KEEP = """
            INSERT INTO quarantine (topic_id, partition, record_offset, appended_at, headers, reason, detail)
            SELECT 'another', 0, record_offset, now() - :age::interval, '[]', 'MALFORMED', ''
            FROM generate_series(:first::int, :last::int) AS record_offset
            """;

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();

    @Test
    void itKeepsRecordsForAMonthAndNotTooMany() {
        try (TestLog log = new TestLog(topic.name());
                Instance instance = Instance.start(database, topic, "--replymeter.upkeep.step=2")) {
            JdbcClient jdbc = instance.bean(JdbcClient.class);
            keep(1, 5, "32 days", jdbc);
            keep(6, 6, "30 days", jdbc);

            instance.bean(Retention.class).cleanUp();
            assertThat(number("SELECT record_offset FROM quarantine", jdbc)).isEqualTo(6);

            keep(7, MOST + 4, "30 days", jdbc);
            log.append("same", "not JSON".getBytes(StandardCharsets.UTF_8));
            await().atMost(PATIENCE)
                    .until(() -> number("SELECT count(*) FROM quarantine WHERE detail <> ''", jdbc) == 1);
            log.append("same", "not JSON either".getBytes(StandardCharsets.UTF_8));
            await().atMost(PATIENCE)
                    .until(() -> number(
                                    "SELECT coalesce(sum(records), 0) FROM ignored_records WHERE reason = 'QUARANTINE_FULL'",
                                    jdbc)
                            == 1);
            assertThat(number("SELECT count(*) FROM quarantine", jdbc)).isEqualTo(MOST);
        }
    }

    private static void keep(int first, int last, String age, JdbcClient jdbc) {
        jdbc.sql(KEEP)
                .param("age", age)
                .param("first", first)
                .param("last", last)
                .update();
    }

    private static int number(String sql, JdbcClient jdbc) {
        return jdbc.sql(sql).query(Integer.class).single();
    }
}
