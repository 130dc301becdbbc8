package io.replymeter.metrics.rebuild;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.InstanceProcess;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import io.replymeter.metrics.generation.RebuildState;
import io.replymeter.metrics.rebuild.RebuildController.ThrottleRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** An instance of a process of its own does the work and is killed in every state, or freezes; the next one goes on. */
class KilledInstancesTest {

    private final Database database = TestServers.newDatabase();
    private final TestTopic topic = TestTopic.create();

    @Test
    void aRebuildSurvivesWhoeverDoesIt() throws SQLException {
        try (Instance answering = Instance.start(database, topic, "--replymeter.ingest.enabled=false");
                TestLog log = new TestLog(topic.name())) {
            Traffic traffic = new Traffic(log);
            traffic.history(2_000);
            Ops ops = Ops.of(answering);
            int live = ops.active();
            int rebuilt = ops.start(null, 200, false);

            try (InstanceProcess first = InstanceProcess.start(database, topic)) {
                await().atMost(Ops.PATIENCE)
                        .until(() -> requireNonNull(ops.api().get(rebuilt).progress())
                                        .done()
                                > 0);
                first.kill();
            }
            assertThat(ops.api().get(rebuilt).state()).isEqualTo(RebuildState.REPLAYING);
            ops.api().throttle(rebuilt, new ThrottleRequest(null));

            try (InstanceProcess second = InstanceProcess.start(database, topic);
                    Connection obstacle = database.connect()) {
                ops.awaitNoLag(live);
                inTransaction(
                        obstacle, "SELECT * FROM partition_offset WHERE generation = %d FOR UPDATE".formatted(live));
                ops.await(rebuilt, RebuildState.VERIFYING);
                await().atMost(Ops.PATIENCE).until(() -> isHeld(rebuilt, ops));
                second.kill();
                assertThat(isHeld(rebuilt, ops)).isTrue();
            }
            traffic.history(500);

            try (InstanceProcess third = InstanceProcess.start(database, topic)) {
                ops.await(rebuilt, RebuildState.READY);
                assertThat(ops.verification(rebuilt).isClean()).isTrue();
                third.kill();
            }
            ops.api().switchTo(rebuilt, null);
            ops.api().drop(live);

            try (InstanceProcess fourth = InstanceProcess.start(database, topic);
                    Connection obstacle = database.connect()) {
                inTransaction(obstacle, "SELECT count(*) FROM conversation");
                await().atMost(Ops.PATIENCE).until(() -> isBeingDetached(live, ops));
                fourth.kill();
            }

            try (InstanceProcess fifth = InstanceProcess.start(database, topic);
                    InstanceProcess sixth = InstanceProcess.start(database, topic)) {
                await().atMost(Ops.PATIENCE)
                        .until(() -> ops.api().get(live).times().removedAt() != null);
                assertThat(ops.traces(live)).isZero();
                ops.awaitNoLag(rebuilt);
                int clean = ops.start(null, 1_000, false);
                await().atMost(Ops.PATIENCE)
                        .until(() ->
                                requireNonNull(ops.api().get(clean).progress()).done() > 0);
                fifth.kill();
                ops.await(clean, RebuildState.READY);
                assertThat(ops.rows(clean)).isEqualTo(ops.rows(rebuilt)).hasSizeGreaterThan(500);
                assertThat(traffic.conversationsWithOtherMessages(rebuilt, ops.jdbc()))
                        .isEmpty();
                sixth.kill();
            }
        }
    }

    @Test
    void aCoordinatorThatFrozeIsReplaced() throws SQLException {
        try (Instance answering = Instance.start(database, topic, "--replymeter.ingest.enabled=false");
                TestLog log = new TestLog(topic.name());
                InstanceProcess first = InstanceProcess.start(database, topic)) {
            new Traffic(log).history(500);
            Ops ops = Ops.of(answering);
            int live = ops.active();
            int rebuilt = ops.start();
            try (Connection obstacle = database.connect()) {
                ops.awaitNoLag(live);
                inTransaction(
                        obstacle, "SELECT * FROM partition_offset WHERE generation = %d FOR UPDATE".formatted(live));
                ops.await(rebuilt, RebuildState.VERIFYING);
                await().atMost(Ops.PATIENCE).until(() -> isHeld(rebuilt, ops));
                first.freeze();
                assertThat(isHeld(rebuilt, ops)).isTrue();
            }

            try (InstanceProcess second = InstanceProcess.start(database, topic)) {
                ops.await(rebuilt, RebuildState.READY);
                second.kill();
            }
        }
    }

    private static void inTransaction(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean isHeld(int generation, Ops ops) {
        return ops.number(
                        "SELECT count(*) FROM partition_offset WHERE generation = ? AND barrier IS NOT NULL",
                        generation)
                > 0;
    }

    private static boolean isBeingDetached(int generation, Ops ops) {
        return ops.number(
                        "SELECT count(*) FROM pg_inherits WHERE inhrelid = to_regclass(?) AND inhdetachpending",
                        "conversation_g" + generation)
                == 1;
    }
}
