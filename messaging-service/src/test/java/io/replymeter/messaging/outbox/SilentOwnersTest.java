package io.replymeter.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.messaging.Patience;
import io.replymeter.messaging.TestPlatform;
import io.replymeter.tracing.Traces;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.transaction.support.TransactionTemplate;

/** Owners of outbox shards that say nothing more: frozen, or gone with their host. To the server both are silent sessions. */
@ExtendWith(Patience.class)
class SilentOwnersTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    final String topic = "test-" + UUID.randomUUID();
    final Shards shards = new Shards();
    final List<AutoCloseable> opened = new ArrayList<>();
    final String kafka = TestServers.kafka().bootstrapServers();
    DataSource dataSource;
    JdbcClient database;

    @BeforeEach
    void database() {
        Database own = TestServers.newDatabase();
        dataSource =
                new SimpleDriverDataSource(new org.postgresql.Driver(), own.jdbcUrl(), own.username(), own.password());
        TestPlatform.migrate(dataSource);
        database = JdbcClient.create(dataSource);
    }

    @AfterEach
    void close() throws Exception {
        Collections.reverse(opened);
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void aSilentOwnerIsReplaced() throws SQLException {
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            assertThat(open(shard, SHORT).tryToOwn()).isTrue();
        }
        writeToEveryShard();

        startRelay();

        await().until(() -> waiting() == 0);
    }

    @Test
    void anOwnerThatWasReplacedSendsNothingMore() throws Exception {
        writeToEveryShard();
        ShardConnection owner = open(1, SHORT);
        assertThat(owner.tryToOwn()).isTrue();
        List<OutboxRow> read = owner.next(List.of(), 100);
        assertThat(read).hasSize(1);
        EventTopic existing = topic();
        existing.ensureExists();
        EventSender sender = new EventSender(existing, Patience.LIMIT, Traces.off(), producer());
        opened.add(sender);

        ShardConnection successor = open(1, Patience.LIMIT);
        await().until(successor::tryToOwn);

        assertThatThrownBy(() -> sender.send(read, owner::stayOwner)).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> owner.next(read, 100)).isInstanceOf(DataAccessException.class);
        sender.send(successor.next(List.of(), 100), successor::stayOwner);
        try (TopicReader reader = new TopicReader(kafka, topic)) {
            assertThat(reader.until(events -> !events.isEmpty())).hasSize(1);
        }
    }

    @Test
    void anOwnerThatWaitsForKafkaStaysOwner() throws Exception {
        Duration enoughForMany = Duration.ofSeconds(10);
        ShardConnection owner = open(0, enoughForMany);
        ShardConnection silent = open(1, enoughForMany);
        assertThat(owner.tryToOwn()).isTrue();
        assertThat(silent.tryToOwn()).isTrue();

        await().until(() -> {
            owner.stayOwner();
            return !isOwned(1);
        });

        assertThat(isOwned(0)).isTrue();
    }

    @Test
    void anOwnerThatIsReplacedWhileItWaitsForKafkaNoticesIt() throws Exception {
        writeToEveryShard();
        ShardConnection owner = open(2, SHORT);
        assertThat(owner.tryToOwn()).isTrue();
        List<OutboxRow> read = owner.next(List.of(), 100);
        EventSender neverAcknowledged = new EventSender(
                topic(),
                Patience.LIMIT,
                Traces.off(),
                new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer()));
        opened.add(neverAcknowledged);

        assertThatThrownBy(() -> neverAcknowledged.send(read, () -> {
                    endOwner(2);
                    owner.stayOwner();
                }))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void noPauseIsLongerThanAnOwnerMayBeSilent() {
        assertThatThrownBy(() -> properties(Duration.ofMillis(300)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("take-over-after");
    }

    private ShardConnection open(int shard, Duration longestSilence) throws SQLException {
        ShardConnection connection = ShardConnection.open(dataSource, shard, longestSilence);
        opened.add(connection);
        return connection;
    }

    private void startRelay() {
        OutboxRelay relay = new OutboxRelay(
                properties(Duration.ofSeconds(20)),
                new EventsProperties(topic, true),
                shards,
                dataSource,
                new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", kafka)),
                new KafkaAdmin(Map.of("bootstrap.servers", kafka)),
                new SimpleMeterRegistry(),
                Traces.off());
        relay.start();
        opened.add(relay::stop);
    }

    private static OutboxProperties properties(Duration takeOverAfter) {
        Duration soon = Duration.ofMillis(200);
        return new OutboxProperties(500, soon, soon, Duration.ofHours(1), takeOverAfter, Duration.ofSeconds(2));
    }

    private EventTopic topic() {
        return new EventTopic(new EventsProperties(topic, true), Map.of("bootstrap.servers", kafka));
    }

    private Map<String, Object> producer() {
        Map<String, Object> settings = new HashMap<>(EventSender.IN_ORDER);
        settings.put("bootstrap.servers", kafka);
        return settings;
    }

    private void writeToEveryShard() {
        Outbox outbox = new Outbox(database, shards, Traces.off());
        new TransactionTemplate(new DataSourceTransactionManager(dataSource))
                .executeWithoutResult(open -> Shards.all().forEach(shard -> outbox.append(List.of(messageIn(shard)))));
    }

    private static MessageCreated messageIn(int shard) {
        UUID conversation = Stream.generate(UUID::randomUUID)
                .filter(id -> Shards.of(id) == shard)
                .findFirst()
                .orElseThrow();
        return new MessageCreated(
                UUID.randomUUID(),
                conversation,
                UUID.randomUUID(),
                Role.CLIENT,
                UUID.randomUUID(),
                Role.PROVIDER,
                MessageKind.HUMAN,
                Instant.now(),
                1L);
    }

    private long waiting() {
        return database.sql("SELECT count(*) FROM outbox").query(Long.class).single();
    }

    private boolean isOwned(int shard) {
        return !owners(shard).isEmpty();
    }

    private void endOwner(int shard) {
        owners(shard)
                .forEach(pid -> database.sql("SELECT pg_terminate_backend(?)")
                        .param(pid)
                        .query(Boolean.class)
                        .single());
    }

    /** The sessions that own {@code shard}: one or none. */
    private List<Integer> owners(int shard) {
        return database.sql("""
                        SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = ?
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                        """)
                .param(shard)
                .query((row, number) -> row.getInt("pid"))
                .list();
    }
}
