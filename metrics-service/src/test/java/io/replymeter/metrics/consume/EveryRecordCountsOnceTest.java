package io.replymeter.metrics.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.EventCodec;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.Role;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.ingest.Ingest;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.PartitionOffsets.OffsetsMoved;
import io.replymeter.metrics.log.PartitionPosition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the database fails, an instance, or a consumer's belief that it still owns a partition. */
@ExtendWith(OutputCaptureExtension.class)
class EveryRecordCountsOnceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String REFUSE = """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON conversation
            FOR EACH ROW WHEN (NEW.conversation_id = '%s') EXECUTE FUNCTION refuse()
            """;

    private static final Database DATABASE = TestServers.newDatabase();
    private static final TestTopic TOPIC = TestTopic.create();
    private static final TestLog LOG = new TestLog(TOPIC.name());

    @SuppressWarnings("NullAway.Init")
    private static Instance instance;

    private final UUID provider = UUID.randomUUID();

    @BeforeAll
    static void start() {
        instance = startInstance();
    }

    @AfterAll
    static void stop() {
        instance.close();
        LOG.close();
    }

    private static Instance startInstance() {
        return Instance.start(DATABASE, TOPIC, "--replymeter.ingest.batch-size=50");
    }

    @Test
    void batchesWhoseConnectionsAreCutAreAppliedOnce() throws SQLException {
        for (int i = 0; i < 600; i++) {
            inquiry();
            if (i % 40 == 0) {
                cutConnections();
            }
        }

        awaitInquiries(600);
    }

    @Test
    void recordsOfATimeWithoutDatabaseAreAppliedAfterwards() throws SQLException {
        inquiry();
        awaitInquiries(1);
        onTheServer("ALTER DATABASE " + DATABASE.name() + " ALLOW_CONNECTIONS false");
        cutConnections();
        for (int i = 0; i < 20; i++) {
            inquiry();
        }
        onTheServer("ALTER DATABASE " + DATABASE.name() + " ALLOW_CONNECTIONS true");

        awaitInquiries(21);
    }

    @Test
    void instancesShareThePartitionsAndTakeOverFromEachOther() {
        Instance second = startInstance();
        try (second) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(membersWithPartitions()).hasSize(4));
            for (int i = 0; i < 100; i++) {
                inquiry();
            }
        }
        for (int i = 0; i < 100; i++) {
            inquiry();
        }

        awaitInquiries(200);
        assertThat(membersWithPartitions()).hasSize(2);
    }

    @Test
    void aZombiesBatchIsAbandoned() {
        inquiry();
        awaitInquiries(1);
        Generation generation = instance.bean(Generations.class).active();
        PartitionPosition position = readPosition(generation);
        long before = position.nextOffset() - 1;
        var record = record(position, before);

        assertThatExceptionOfType(OffsetsMoved.class)
                .isThrownBy(() -> instance.bean(Ingest.class)
                        .apply(generation, position.topicId(), List.of(record), Map.of(position.partition(), before)));

        awaitInquiries(1);
        assertThat(instance.bean(PartitionOffsets.class).of(generation.number()).get(position.partition()))
                .isEqualTo(position);
    }

    @Test
    void aBatchOfAnotherTopicIsAbandoned() {
        inquiry();
        awaitInquiries(1);
        Generation generation = instance.bean(Generations.class).active();
        PartitionPosition position = readPosition(generation);
        var record = record(position, position.nextOffset());

        assertThatExceptionOfType(OffsetsMoved.class)
                .isThrownBy(() -> instance.bean(Ingest.class)
                        .apply(
                                generation,
                                "another topic",
                                List.of(record),
                                Map.of(position.partition(), position.nextOffset())));

        awaitInquiries(1);
    }

    @Test
    void anInquiryThatWasLeftWhenItsFactsWereLostStopsNothing() {
        MessageCreated question =
                TestLog.message(UUID.randomUUID(), UUID.randomUUID(), Role.CLIENT, provider, Instant.now());
        LOG.append(question);
        awaitInquiries(1);
        JdbcClient jdbc = instance.bean(JdbcClient.class);
        assertThat(jdbc.sql("DELETE FROM conversation WHERE conversation_id = ?")
                        .param(question.conversationId())
                        .update())
                .isEqualTo(1);

        LOG.append(question);
        LOG.append(TestLog.message(
                question.conversationId(), provider, Role.PROVIDER, question.senderId(), Instant.now()));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count(
                                "SELECT count(*) FROM inquiry WHERE provider_id = ? AND responded_at IS NOT NULL",
                                provider))
                        .isEqualTo(1));
        assertThat(count("SELECT count(*) FROM inquiry WHERE provider_id = ?", provider))
                .isEqualTo(1);
    }

    @Test
    void aPartitionThatKeepsFailingIsReportedWhileTheOthersSucceed(CapturedOutput output) {
        UUID refused = TestTopic.conversationIn(0);
        JdbcClient jdbc = instance.bean(JdbcClient.class);
        jdbc.sql(REFUSE.formatted(refused)).update();
        try {
            LOG.append(TestLog.message(refused, UUID.randomUUID(), Role.CLIENT, provider, Instant.now()));

            await().atMost(PATIENCE).untilAsserted(() -> {
                LOG.append(TestLog.message(
                        TestTopic.conversationIn(11),
                        UUID.randomUUID(),
                        Role.CLIENT,
                        UUID.randomUUID(),
                        Instant.now()));
                assertThat(instance.bean(Rebuilds.class).fed())
                        .singleElement()
                        .extracting(Rebuild::recentError)
                        .asString()
                        .contains("refused by the test");
            });
            assertThat(output).contains("at io.replymeter.metrics.ingest.Ingest");
        } finally {
            jdbc.sql("DROP FUNCTION refuse CASCADE").update();
        }
        awaitInquiries(1);
    }

    private static PartitionPosition readPosition(Generation generation) {
        return instance.bean(PartitionOffsets.class).of(generation.number()).values().stream()
                .filter(stored -> stored.nextOffset() > 0)
                .findFirst()
                .orElseThrow();
    }

    private ConsumerRecord<byte[], byte[]> record(PartitionPosition position, long offset) {
        byte[] value = new EventCodec()
                .encode(TestLog.message(UUID.randomUUID(), UUID.randomUUID(), Role.CLIENT, provider, Instant.EPOCH));
        return new ConsumerRecord<>(TOPIC.name(), position.partition(), offset, "key".getBytes(UTF_8), value);
    }

    private void inquiry() {
        LOG.inquiry(provider, Instant.now(), null);
    }

    /** In every table, and no record was read and ignored as a duplicate. */
    private void awaitInquiries(int expected) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(count("SELECT count(*) FROM inquiry WHERE provider_id = ?", provider))
                    .isEqualTo(expected);
            assertThat(count("SELECT sum(inquiries) FROM daily_metrics WHERE provider_id = ?", provider))
                    .isEqualTo(expected);
            assertThat(count("SELECT count(*) FROM ignored_records")).isZero();
        });
    }

    private static int count(String sql, Object... parameters) {
        return requireNonNull(instance.bean(JdbcClient.class)
                .sql(sql)
                .params(parameters)
                .query(Integer.class)
                .single());
    }

    private static void cutConnections() throws SQLException {
        onTheServer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + DATABASE.name() + "'");
    }

    private static void onTheServer(String sql) throws SQLException {
        try (var connection = TestServers.postgresql().database("postgres").connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Set<String> membersWithPartitions() {
        String group = TOPIC.name() + "-1";
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()))) {
            return requireNonNull(admin.describeConsumerGroups(List.of(group))
                            .all()
                            .get()
                            .get(group))
                    .members()
                    .stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .map(MemberDescription::consumerId)
                    .collect(Collectors.toSet());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
