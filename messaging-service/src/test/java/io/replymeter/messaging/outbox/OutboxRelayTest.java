package io.replymeter.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replymeter.embedded.Broker;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.transaction.support.TransactionTemplate;

/** The relay as one or two instances of the service run it, with a database and a topic of their own. */
class OutboxRelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    final String topic = "test-" + UUID.randomUUID();
    final Lanes lanes = new Lanes();
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
        Flyway.configure().dataSource(dataSource).load().migrate();
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
    void everyConversationsEventsArriveOnceAndInOrder() {
        startRelay();
        Conversations written = new Conversations(200);

        for (int i = 0; i < 50; i++) {
            written.writeOneEach();
        }

        awaitEmptyOutbox();
        assertThat(sequencesOf(written.count())).isEqualTo(written.sequences());
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
        assertThat(sequencesOf(1)).isEqualTo(other.sequences());
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
                await().atMost(PATIENCE).until(() -> waiting() == 0);
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
        assertThat(sequencesOf(10)).isEqualTo(written.sequences());
    }

    @Test
    void twoInstancesNeitherRepeatNorReorder() {
        startRelay();
        startRelay();
        Conversations written = new Conversations(100);

        for (int i = 0; i < 30; i++) {
            written.writeOneEach();
        }

        awaitEmptyOutbox();
        assertThat(sequencesOf(written.count())).isEqualTo(written.sequences());
        assertThat(owners()).hasSize(Lanes.COUNT);
    }

    @Test
    void anotherInstanceTakesOverWhenTheOwnerLosesItsSessions() {
        startRelay();
        await().atMost(PATIENCE).until(() -> owners().size() == Lanes.COUNT);
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
        await().atMost(PATIENCE).until(() -> owners().size() == Lanes.COUNT);
    }

    @Test
    void aStoppedInstanceHandsOver() {
        OutboxRelay first = startRelay();
        await().atMost(PATIENCE).until(() -> owners().size() == Lanes.COUNT);
        Set<Long> before = owners();
        startRelay();

        first.stop();

        await().atMost(PATIENCE).until(() -> owners().size() == Lanes.COUNT);
        assertThat(owners()).doesNotContainAnyElementsOf(before);
        Conversations written = new Conversations(10);
        written.writeOneEach();
        awaitEmptyOutbox();
        assertThat(sequencesOf(10)).isEqualTo(written.sequences());
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
        OutboxRelay relay = startRelay();
        Conversations written = new Conversations(10);
        written.writeOneEach();
        awaitEmptyOutbox();
        own.kill();
        written.writeOneEach();

        long begun = System.nanoTime();
        relay.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        assertThat(relay.isRunning()).isFalse();
        assertThat(waiting()).isEqualTo(10);
    }

    @Test
    void theTopicIsCreatedAsTheContractSays() {
        startRelay();
        Conversations written = new Conversations(1);
        written.writeOneEach();
        awaitEmptyOutbox();

        Map<String, Object> admin = Map.of("bootstrap.servers", kafka);
        assertThat(new KafkaAdmin(admin).describeTopics(topic).values())
                .singleElement()
                .satisfies(created -> assertThat(created.partitions()).hasSize(12));
    }

    /** A broker of this test's own. */
    private Broker ownBroker() {
        broker = TestServers.newKafka(folder);
        kafka = broker.bootstrapServers();
        return broker;
    }

    private OutboxRelay startRelay() {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
        OutboxRelay relay = new OutboxRelay(
                new OutboxProperties(
                        500,
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2)),
                new EventsProperties(topic, true),
                relays.isEmpty() ? lanes : new Lanes(),
                dataSource,
                new DefaultKafkaProducerFactory<>(settings),
                new KafkaAdmin(settings),
                new SimpleMeterRegistry());
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
            new Outbox(database, lanes).append(events);
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
        await().atMost(PATIENCE).until(() -> waiting() == 0);
    }

    /** The sessions that hold a lane's lock. */
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

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
