package io.replymeter.metrics.consume;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.embedded.faults.Link;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.events.Role;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.InstanceProcess;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An instance that freezes holds its locks and its connections. The others go on all the same. */
class FrozenInstancesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Of each instance: if more sessions wait, some are of the other one. */
    private static final int THREADS = 2;

    private static final String WAITING = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """;

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();
    private final TestLog log = new TestLog(topic.name());
    private final UUID provider = UUID.randomUUID();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void whatAnInstanceFrozeInItsTransactionIsAppliedByAnother() throws SQLException {
        try (Instance survivor = Instance.start(database, topic);
                InstanceProcess frozen = InstanceProcess.start(database, topic);
                Connection obstacle = database.connect()) {
            List<MessageCreated> questions = questionInEachPartition();
            await().atMost(PATIENCE).until(() -> number(survivor, "SELECT count(*) FROM inquiry") == questions.size());
            obstacle.setAutoCommit(false);
            execute(obstacle, "SELECT * FROM conversation FOR UPDATE");
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
                questions.forEach(this::answer);
                return number(survivor, WAITING) > THREADS;
            });

            frozen.freeze();
            obstacle.rollback();

            awaitAnswers(questions.size(), survivor);
        }
    }

    @Test
    void aSessionThatWentSilentInACopyHoldsNobodyUp() throws SQLException {
        try (Instance survivor = Instance.start(database, topic, "--replymeter.ingest.threads=1");
                Connection silent = database.connect()) {
            List<MessageCreated> questions = questionInEachPartition();
            await().atMost(PATIENCE).until(() -> number(survivor, "SELECT count(*) FROM inquiry") == questions.size());
            execute(silent, "SET application_name = 'replymeter-metrics'");
            execute(silent, "SET statement_timeout = '5s'");
            silent.setAutoCommit(false);
            execute(silent, "UPDATE partition_offset SET next_offset = next_offset");
            silent.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY verification FROM STDIN");

            questions.forEach(this::answer);

            awaitAnswers(questions.size(), survivor);
        }
    }

    @Test
    void connectionsThatNobodyAnswersAreReplaced() throws IOException, SQLException {
        URI server = URI.create(database.jdbcUrl().replaceFirst("jdbc:", ""));
        try (Link link = Link.to(server.getPort());
                Instance instance = Instance.start(
                        new Database(
                                database.name(),
                                database.jdbcUrl()
                                        .replace(server.getHost() + ":" + server.getPort(), "127.0.0.1:" + link.port()),
                                database.username(),
                                database.password()),
                        topic);
                Connection obstacle = database.connect()) {
            List<MessageCreated> questions = questionInEachPartition();
            await().atMost(PATIENCE).until(() -> number(instance, "SELECT count(*) FROM inquiry") == questions.size());
            obstacle.setAutoCommit(false);
            execute(obstacle, "SELECT * FROM conversation FOR UPDATE");
            questions.forEach(this::answer);
            await().atMost(PATIENCE).until(() -> number(instance, WAITING) > 0);

            link.forgetConnections();
            obstacle.rollback();

            awaitAnswers(questions.size(), instance);
        }
    }

    private List<MessageCreated> questionInEachPartition() {
        List<MessageCreated> questions = new ArrayList<>();
        for (int partition = 0; partition < MessageEventsTopic.PARTITIONS; partition++) {
            questions.add(TestLog.message(
                    TestTopic.conversationIn(partition), UUID.randomUUID(), Role.CLIENT, provider, Instant.now()));
        }
        log.appendAll(questions);
        return questions;
    }

    private void answer(MessageCreated question) {
        log.append(TestLog.message(
                question.conversationId(), provider, Role.PROVIDER, question.senderId(), Instant.now()));
    }

    private static void awaitAnswers(int expected, Instance instance) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                number(instance, "SELECT count(*) FROM inquiry WHERE responded_at IS NOT NULL"))
                        .isEqualTo(expected));
    }

    private static int number(Instance instance, String sql) {
        return requireNonNull(
                instance.bean(JdbcClient.class).sql(sql).query(Integer.class).single());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
