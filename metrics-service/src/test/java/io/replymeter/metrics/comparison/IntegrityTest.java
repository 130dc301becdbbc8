package io.replymeter.metrics.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Fact;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.metrics.IntegrationTest;
import io.replymeter.metrics.comparison.Integrity.Difference;
import io.replymeter.metrics.comparison.Integrity.Report;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.tables.Conversations;
import io.replymeter.metrics.tables.DailyMetrics;
import io.replymeter.metrics.tables.DailyMetrics.Key;
import io.replymeter.metrics.tables.Inquiries;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class IntegrityTest {

    /** More than two pages of conversations, of inquiries and of days. */
    private static final int ROWS = 2 * ComparedTables.PAGE + 1;

    private static final long OPENED_AT = Micros.of(Instant.now().minus(Duration.ofDays(2)));
    private static final long RESPONDED_AT = OPENED_AT + Micros.of(Duration.ofHours(1));

    @Autowired
    Integrity integrity;

    @Autowired
    Generations generations;

    @Autowired
    Conversations conversations;

    @Autowired
    Inquiries inquiries;

    @Autowired
    DailyMetrics dailyMetrics;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void empty() {
        List.of("conversation", "inquiry", "daily_metrics")
                .forEach(table -> jdbc.sql("DELETE FROM " + table).update());
    }

    @Test
    void everyDamagedRowIsShownOnceAndNoOther() {
        List<Inquiry> stored = storedInAllLayers();
        Report intact = integrity.check();
        assertThat(intact.conversations()).isGreaterThanOrEqualTo(ROWS);
        assertThat(intact.inquiries()).isGreaterThanOrEqualTo(ROWS);
        assertThat(intact.dailyRows()).isGreaterThanOrEqualTo(ROWS);
        assertThat(intact.shown()).isEmpty();

        UUID changed = stored.get(0).providerId();
        UUID lost = stored.get(1).providerId();
        UUID surplus = UUID.randomUUID();
        update("UPDATE inquiry SET response_message_id = client_id WHERE provider_id = :provider", changed);
        update("DELETE FROM daily_metrics WHERE provider_id = :provider", lost);
        update(
                "INSERT INTO daily_metrics SELECT generation, :provider, current_date, 1, 0, 0, 0, 0, 0, ''"
                        + " FROM active_generation",
                surplus);
        Report damaged = integrity.check();

        assertThat(damaged.differences()).isEqualTo(3);
        assertThat(damaged.shown())
                .anySatisfy(difference -> {
                    assertThat(difference.layer()).isEqualTo("inquiry");
                    assertThat(difference.key()).contains("provider " + changed);
                    assertThat(difference.stored()).startsWith("asked at ").contains(", response ");
                    assertThat(difference.derived()).startsWith("asked at ").isNotEqualTo(difference.stored());
                })
                .anySatisfy(difference -> assertDay(difference, lost, "missing", "1 inquiries, 1 answered"))
                .anySatisfy(difference -> assertDay(difference, surplus, "1 inquiries, 0 answered", "missing"));
    }

    private static void assertDay(Difference difference, UUID provider, String stored, String derived) {
        assertThat(difference.layer()).isEqualTo("daily_metrics");
        assertThat(difference.key()).startsWith("provider " + provider + ", day ");
        assertThat(difference.stored()).startsWith(stored);
        assertThat(difference.derived()).startsWith(derived);
    }

    private void update(String sql, UUID provider) {
        assertThat(jdbc.sql(sql).param("provider", provider).update()).isOne();
    }

    /** Each of another conversation and another provider. */
    private List<Inquiry> storedInAllLayers() {
        Generation live = generations.active();
        List<Conversation> facts =
                Stream.generate(IntegrityTest::answered).limit(ROWS).toList();
        List<Inquiry> derived = facts.stream()
                .flatMap(one -> one.inquiries(live.ruleset()).stream())
                .toList();
        Map<Key, DailyCounts> days = new HashMap<>();
        derived.forEach(inquiry -> days.computeIfAbsent(
                        new Key(inquiry.providerId(), Micros.epochDay(inquiry.openedAt())), day -> new DailyCounts())
                .add(inquiry, live.ruleset()));
        conversations.insert(live.number(), facts, live.ruleset());
        inquiries.insert(live.number(), derived);
        dailyMetrics.add(live.number(), days);
        return derived;
    }

    private static Conversation answered() {
        Conversation conversation = new Conversation(UUID.randomUUID());
        UUID client = UUID.randomUUID();
        UUID provider = UUID.randomUUID();
        conversation.add(new Fact(UUID.randomUUID(), OPENED_AT, client, provider, true));
        conversation.add(new Fact(UUID.randomUUID(), RESPONDED_AT, client, provider, false));
        return conversation;
    }
}
