package io.replymeter.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.messaging.TestPlatform;
import io.replymeter.messaging.outbox.OutboxBacklog.Standing;
import io.replymeter.tracing.Traces;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/** What an instance says of the outbox that owns nothing of it. */
class OutboxBacklogTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Database own = TestServers.newDatabase();
    private final SimpleDriverDataSource dataSource =
            new SimpleDriverDataSource(new org.postgresql.Driver(), own.jdbcUrl(), own.username(), own.password());
    private final JdbcClient database = JdbcClient.create(dataSource);
    private final AtomicLong nanoTime = new AtomicLong();
    private final List<ShardConnection> sessions = new ArrayList<>();
    private OutboxBacklog backlog;

    @BeforeEach
    void nothingWaits() {
        TestPlatform.migrate(dataSource);
        Shards shards = new Shards();
        OutboxRelay notStarted = new OutboxRelay(
                new OutboxProperties(1, MINUTE, MINUTE, MINUTE, MINUTE.multipliedBy(2), MINUTE),
                new EventsProperties("any", false),
                shards,
                dataSource,
                new DefaultKafkaProducerFactory<>(Map.of()),
                new KafkaAdmin(Map.of()),
                new SimpleMeterRegistry(),
                Traces.off());
        backlog = new OutboxBacklog(
                new Outbox(database, shards, Traces.off()), notStarted, new SimpleMeterRegistry(), nanoTime::get);
    }

    @AfterEach
    void close() throws SQLException {
        for (ShardConnection session : sessions) {
            session.close();
        }
    }

    @Test
    void aShardThatNoInstanceOwnsIsDownAfterAMinute() throws SQLException {
        own(0);
        own(1);
        own(3);
        assertThat(statusNow()).isEqualTo(Status.UP);

        nanoTime.addAndGet(MINUTE.toNanos());

        assertThat(statusNow()).isEqualTo(Status.DOWN);
        assertThat(standing()).containsExactly(new Standing(2, "PT1M", "no instance owns it"));
        own(2);
        assertThat(statusNow()).isEqualTo(Status.UP);
    }

    @Test
    void aMomentWithoutOwnerIsNothing() throws SQLException {
        assertThat(statusNow()).isEqualTo(Status.UP);
        ownAll();
        nanoTime.addAndGet(MINUTE.toNanos());
        assertThat(statusNow()).isEqualTo(Status.UP);
        close();

        assertThat(statusNow()).isEqualTo(Status.UP);
    }

    @Test
    void eventsThatHaveWaitedForAMinuteAreDownWhoeverOwnsThem() throws SQLException {
        ownAll();
        add(2, "45 seconds");
        assertThat(statusNow().getCode()).isEqualTo("DELAYED");

        add(3, "1 hour");

        assertThat(statusNow()).isEqualTo(Status.DOWN);
        assertThat(standing()).anySatisfy(shard -> {
            assertThat(shard.shard()).isEqualTo(3);
            assertThat(shard.reason()).isEqualTo("its events are not sent");
            assertThat(Duration.parse(shard.age())).isBetween(Duration.ofHours(1), Duration.ofHours(2));
        });
        assertThat(backlog.health().getDetails()).containsEntry("waiting", 2L);
    }

    @Test
    void aBacklogThatIsNotMeasuredAnyMoreIsDown() throws SQLException {
        ownAll();
        assertThat(statusNow()).isEqualTo(Status.UP);

        nanoTime.addAndGet(MINUTE.toNanos());

        assertThat(backlog.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(backlog.health().getDetails()).containsEntry("notMeasuredFor", "PT1M");
    }

    private Status statusNow() {
        backlog.measure();
        return backlog.health().getStatus();
    }

    @SuppressWarnings("unchecked")
    private List<Standing> standing() {
        return (List<Standing>) backlog.health().getDetails().getOrDefault("standing", List.of());
    }

    private void ownAll() throws SQLException {
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            own(shard);
        }
    }

    /** As another instance does. */
    private void own(int shard) throws SQLException {
        ShardConnection session = ShardConnection.open(dataSource, shard, Duration.ofMinutes(10));
        sessions.add(session);
        assertThat(session.tryToOwn()).isTrue();
    }

    private void add(int shard, String age) {
        database.sql("""
                INSERT INTO outbox (shard, conversation_id, event, accepted_at)
                VALUES (?, gen_random_uuid(), '', clock_timestamp() - CAST(? AS interval))
                """).params(shard, age).update();
    }
}
