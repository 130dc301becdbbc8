package io.replymeter.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replymeter.embedded.Broker;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.messaging.Patience;
import io.replymeter.messaging.TestPlatform;
import io.replymeter.tracing.Traces;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The relay as one or two instances of the service run it, with a database and a topic of their own. It promises that no
 * event is lost and none is first seen before its predecessor; at any time a batch may come again from its beginning.
 */
@ExtendWith({Patience.class, OutputCaptureExtension.class})
class OutboxRelayTest {

    @TempDir
    Path folder;

    final String topic = "test-" + UUID.randomUUID();
    final Shards shards = new Shards();
    final List<OutboxRelay> relays = new ArrayList<>();
    String kafka = TestServers.kafka().bootstrapServers();

    @Nullable Broker broker;

    DataSource dataSource;
    JdbcClient database;
    TransactionTemplate transaction;

    @BeforeEach
    void servers() {
        Database own = TestServers.newDatabase();
        dataSource =
                new SimpleDriverDataSource(new org.postgresql.Driver(), own.jdbcUrl(), own.username(), own.password());
        TestPlatform.migrate(dataSource);
        database = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    @AfterEach
    void stop() {
        relays.forEach(OutboxRelay::stop);
        if (broker != null) {
            broker.kill();
            broker.close();
        }
    }

    @RepeatedTest(3) // a new topic refuses first batches now and then
    void everyConversationsEventsArriveInOrder() {
        startRelay();
        Conversations written = new Conversations(200);

        for (int i = 0; i < 50; i++) {
            written.writeOneEach();
        }

        awaitEmptyOutbox();
        assertNothingLostOrOvertaken(written);
    }

    @Test
    void nothingIsSentBeforeItsTransactionHasCommitted() {
        startRelay();
        Conversations written = new Conversations(1);

        transaction.executeWithoutResult(undone -> {
            written.append(List.of(written.next(written.ids.get(0))));
            undone.setRollbackOnly();
        });
        Conversations other = new Conversations(1);
        other.writeOneEach();

        awaitEmptyOutbox();
        assertNothingLostOrOvertaken(other);
    }

    @Test
    void whatWasCommittedLaterUnderALowerIdIsSentToo() throws Exception {
        Conversations slow = new Conversations(1);
        Conversations quick = new Conversations(20);
        Thread[] late = new Thread[1];

        transaction.executeWithoutResult(open -> {
            slow.append(List.of(slow.next(slow.ids.get(0))));
            late[0] = new Thread(() -> {
                startRelay();
                quick.writeOneEach();
                await().until(() -> waiting() == 0);
            });
            late[0].start();
            join(late[0]);
        });

        awaitEmptyOutbox();
        assertThat(sequencesOf(21)).containsKeys(slow.ids.get(0)).hasSize(21);
    }

    @Test
    void aKilledBrokerCostsNothingButTime() {
        Broker own = ownBroker();
        startRelay();
        Conversations written = new Conversations(50);
        written.writeOneEach();
        awaitEmptyOutbox();

        Thread writer = new Thread(() -> {
            for (int i = 0; i < 60; i++) {
                written.writeOneEach();
            }
        });
        writer.start();
        own.kill();
        join(writer);
        assertThat(waiting()).isPositive();
        own.restart();

        awaitEmptyOutbox();
        assertNothingLostOrOvertaken(written);
    }

    @Test
    void aBrokerThatIsNotThereAtTheStartIsWaitedFor() {
        Broker own = ownBroker();
        own.kill();
        startRelay();
        Conversations written = new Conversations(10);
        written.writeOneEach();
        assertThat(waiting()).isEqualTo(10);

        own.restart();

        awaitEmptyOutbox();
        assertNothingLostOrOvertaken(written);
    }

    @Test
    void twoInstancesShareTheShardsWithoutReordering() {
        startRelay();
        startRelay();
        Conversations written = new Conversations(100);

        for (int i = 0; i < 30; i++) {
            written.writeOneEach();
        }

        awaitEmptyOutbox();
        assertNothingLostOrOvertaken(written);
        assertThat(owners()).hasSize(Shards.COUNT);
    }

    @Test
    void anotherInstanceTakesOverWhenTheOwnerLosesItsSessions() {
        startRelay();
        await().until(() -> owners().size() == Shards.COUNT);
        startRelay();
        Conversations written = new Conversations(50);

        for (int i = 0; i < 20; i++) {
            written.writeOneEach();
            if (i % 5 == 2) {
                endOwners();
            }
        }

        awaitEmptyOutbox();
        assertNothingLostOrOvertaken(written);
        await().until(() -> owners().size() == Shards.COUNT);
    }

    @Test
    void aStoppedInstanceHandsOver() {
        OutboxRelay first = startRelay();
        await().until(() -> owners().size() == Shards.COUNT);
        Set<Long> before = owners();
        startRelay();

        first.stop();

        await().until(() -> owners().size() == Shards.COUNT);
        assertThat(owners()).doesNotContainAnyElementsOf(before);
        Conversations written = new Conversations(10);
        written.writeOneEach();
        awaitEmptyOutbox();
        assertNothingLostOrOvertaken(written);
    }

    @Test
    void aStoppedInstanceCanStartAgain() {
        OutboxRelay relay = startRelay();
        relay.stop();
        Conversations written = new Conversations(10);
        written.writeOneEach();

        relay.start();

        awaitEmptyOutbox();
    }

    @Test
    void stoppingDoesNotWaitForABrokerThatIsAway() {
        Broker own = ownBroker();
        OutboxRelay relay = startRelay(Duration.ofHours(1));
        Conversations written = new Conversations(10);
        written.writeOneEach();
        awaitEmptyOutbox();
        own.kill();
        written.writeOneEach();

        Thread stopping = new Thread(relay::stop);
        stopping.start();

        await().until(() -> !stopping.isAlive());
        assertThat(relay.isRunning()).isFalse();
        assertThat(waiting()).isEqualTo(10);
    }

    @Test
    void aBrokerWhoseNameDoesNotResolveIsWaitedFor(CapturedOutput output) {
        new KafkaAdmin(Map.of("bootstrap.servers", kafka)).createOrModifyTopics(new NewTopic(topic, 12, (short) 1));
        DefaultKafkaProducerFactory<Object, Object> producers =
                new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", "no-such-host.invalid:9092"));
        OutboxRelay relay = start(relay(Duration.ofSeconds(20), new EventsProperties(topic, false), producers));
        Conversations written = new Conversations(20);
        written.writeOneEach();
        await().until(() -> relay.lastErrors().size() == Shards.COUNT);
        assertThat(relay.lastErrors().values()).allMatch(error -> error.contains("No resolvable bootstrap urls"));
        assertThat(output).contains("Outbox shard 0 cannot send");

        producers.updateConfigs(Map.of("bootstrap.servers", kafka));

        awaitEmptyOutbox();
        assertNothingLostOrOvertaken(written);
        await().until(() -> relay.lastErrors().isEmpty());
        assertThat(relay.endedShards()).isEmpty();
    }

    @Test
    void anErrorThatIsNotAnExceptionEndsNoShard() {
        AtomicInteger attempts = new AtomicInteger();
        DefaultKafkaProducerFactory<Object, Object> producers =
                new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", kafka)) {
                    @Override
                    public Map<String, Object> getConfigurationProperties() {
                        if (attempts.getAndIncrement() < 2 * Shards.COUNT) {
                            throw new NoClassDefFoundError("a library that is missing");
                        }
                        return super.getConfigurationProperties();
                    }
                };
        start(relay(Duration.ofSeconds(20), new EventsProperties(topic, true), producers));
        Conversations written = new Conversations(20);
        written.writeOneEach();

        awaitEmptyOutbox();
        assertNothingLostOrOvertaken(written);
    }

    @Test
    void aShardWhoseThreadHasEndedIsDown() {
        Set<Thread> ofOthers = threadsOfShardTwo();
        OutboxRelay relay = startRelay();
        OutboxBacklog backlog =
                new OutboxBacklog(new Outbox(database, shards, Traces.off()), relay, new SimpleMeterRegistry());
        assertThat(backlog.health().getStatus()).isEqualTo(Status.UP);
        Set<Thread> ending = threadsOfShardTwo();
        ending.removeAll(ofOthers);

        ending.forEach(Thread::interrupt);

        await().until(() -> backlog.health().getStatus().equals(Status.DOWN));
        assertThat(backlog.health().getDetails()).containsEntry("endedShards", List.of(2));
        relay.stop();
        relay.start();
        backlog.measure();
        assertThat(backlog.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aSessionThatFailsAtOnceIsClosed() {
        AtomicInteger open = new AtomicInteger();
        DataSource failing = new DelegatingDataSource(dataSource) {
            @Override
            public Connection getConnection() throws SQLException {
                open.incrementAndGet();
                return connectionThatFails(super.getConnection(), open::decrementAndGet);
            }
        };

        assertThatThrownBy(() -> ShardConnection.open(failing, 0, Duration.ofSeconds(20)))
                .isInstanceOf(DataAccessException.class);

        assertThat(open).hasValue(0);
    }

    @Test
    void aTopicThatIsDeletedIsCreatedAgain() throws Exception {
        startRelay(Duration.ofHours(1));
        new Conversations(20).writeOneEach();
        awaitEmptyOutbox();

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
        Conversations written = new Conversations(20);
        written.writeOneEach();

        awaitEmptyOutbox();
        assertNothingLostOrOvertaken(written);
    }

    @Test
    void theTopicIsCreatedAsTheContractSays() throws Exception {
        startRelay();
        Conversations written = new Conversations(1);
        written.writeOneEach();
        awaitEmptyOutbox();

        Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
        assertThat(new KafkaAdmin(settings).describeTopics(topic).values())
                .singleElement()
                .satisfies(created -> assertThat(created.partitions()).hasSize(MessageEventsTopic.PARTITIONS));
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(settings)) {
            Config created = Objects.requireNonNull(
                    admin.describeConfigs(List.of(resource)).all().get().get(resource));
            MessageEventsTopic.SETTINGS.forEach((name, value) ->
                    assertThat(created.get(name)).extracting(ConfigEntry::value).isEqualTo(value));
        }
    }

    /** A broker of this test's own. */
    private Broker ownBroker() {
        broker = TestServers.newKafka(folder);
        kafka = broker.bootstrapServers();
        return broker;
    }

    private OutboxRelay startRelay() {
        return startRelay(Duration.ofSeconds(20));
    }

    private OutboxRelay startRelay(Duration acknowledgeWithin) {
        return start(relay(
                acknowledgeWithin,
                new EventsProperties(topic, true),
                new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", kafka))));
    }

    private OutboxRelay relay(Duration acknowledgeWithin, EventsProperties events, ProducerFactory<?, ?> producers) {
        return new OutboxRelay(
                new OutboxProperties(
                        500,
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        acknowledgeWithin,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2)),
                events,
                relays.isEmpty() ? shards : new Shards(),
                dataSource,
                producers,
                new KafkaAdmin(Map.of("bootstrap.servers", kafka)),
                new SimpleMeterRegistry(),
                Traces.off());
    }

    private OutboxRelay start(OutboxRelay relay) {
        relay.start();
        relays.add(relay);
        return relay;
    }

    /** Conversations that each get one message after another. */
    private final class Conversations {

        final List<UUID> ids;
        private final Map<UUID, Long> written;

        Conversations(int count) {
            ids = Stream.generate(UUID::randomUUID).limit(count).toList();
            written = new ConcurrentHashMap<>();
        }

        void writeOneEach() {
            transaction.executeWithoutResult(
                    open -> append(ids.stream().map(this::next).toList()));
        }

        void append(List<Event> events) {
            new Outbox(database, shards, Traces.off()).append(events);
        }

        Event next(UUID conversation) {
            long sequence = written.merge(conversation, 1L, Long::sum);
            return new MessageCreated(
                    UUID.randomUUID(),
                    conversation,
                    UUID.randomUUID(),
                    Role.CLIENT,
                    UUID.randomUUID(),
                    Role.PROVIDER,
                    MessageKind.HUMAN,
                    Instant.now(),
                    sequence);
        }

        int count() {
            return (int) written.values().stream().mapToLong(n -> n).sum();
        }

        /** What a reader of the topic must see: 1, 2, 3 … of every conversation. */
        Map<UUID, List<Long>> sequences() {
            return written.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> LongStream.rangeClosed(1, entry.getValue())
                                    .boxed()
                                    .toList()));
        }
    }

    /** The sequences of every conversation in the topic, once it holds {@code count} different events. */
    private Map<UUID, List<Long>> sequencesOf(int count) {
        try (TopicReader reader = new TopicReader(kafka, topic)) {
            return reader.until(events -> new HashSet<>(events).size() >= count).stream()
                    .map(MessageCreated.class::cast)
                    .collect(Collectors.groupingBy(
                            MessageCreated::conversationId,
                            Collectors.mapping(MessageCreated::sequence, Collectors.toList())));
        }
    }

    /**
     * All arrived, and no event for the first time before its predecessor: after a fault a batch may come again from its
     * beginning.
     */
    private void assertNothingLostOrOvertaken(Conversations written) {
        Map<UUID, List<Long>> firstSeen = sequencesOf(written.count()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().distinct().toList()));
        assertThat(firstSeen.equals(written.sequences()))
                .as("every conversation's events in order: %s", difference(firstSeen, written))
                .isTrue();
    }

    private static String difference(Map<UUID, List<Long>> seen, Conversations written) {
        return written.sequences().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(seen.get(entry.getKey())))
                .limit(3)
                .map(entry -> entry.getKey() + " " + seen.get(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private long waiting() {
        return database.sql("SELECT count(*) FROM outbox").query(Long.class).single();
    }

    private void awaitEmptyOutbox() {
        await().until(() -> waiting() == 0);
    }

    /** The sessions that hold a shard's lock. */
    private Set<Long> owners() {
        return database.sql("""
                        SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                        """).query((row, number) -> row.getLong("pid")).set();
    }

    private void endOwners() {
        owners().forEach(pid -> database.sql("SELECT pg_terminate_backend(?)")
                .param(pid.intValue())
                .query(Boolean.class)
                .single());
    }

    private static Set<Thread> threadsOfShardTwo() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("outbox-shard-2"))
                .collect(Collectors.toSet());
    }

    /** A connection that is lost before its first statement. */
    private static Connection connectionThatFails(Connection connection, Runnable whenClosed) {
        return (Connection) Proxy.newProxyInstance(
                OutboxRelayTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        throw new SQLException("The connection was lost", "08006");
                    }
                    if (method.getName().equals("close")) {
                        whenClosed.run();
                    }
                    return method.invoke(connection, arguments);
                });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
