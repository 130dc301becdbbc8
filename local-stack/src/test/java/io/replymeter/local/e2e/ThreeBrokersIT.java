package io.replymeter.local.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.embedded.Broker;
import io.replymeter.embedded.DatabaseServer;
import io.replymeter.embedded.PostgresqlServer;
import io.replymeter.embedded.ServerProvider;
import io.replymeter.events.MessageEventsTopic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, of which one may be lost and two may be away. */
class ThreeBrokersIT {

    @TempDir
    private Path folder;

    private @Nullable ThreeBrokers brokers;

    @Test
    void withoutOneBrokerAllGoesOnAndWithoutTwoPostsWait() throws Exception {
        try (OwnStack stack = new OwnStack(folder, new Servers(), Exchanges.SERVICE_ARGUMENTS);
                Exchanges exchanges = new Exchanges(stack)) {
            ThreeBrokers kafka = requireNonNull(brokers);
            exchanges.awaitFlow("With three brokers", System.nanoTime());
            assertThat(replicas(kafka)).hasSize(MessageEventsTopic.PARTITIONS).containsOnly(3);

            long killed = System.nanoTime();
            kafka.node(0).kill();
            exchanges.awaitFlow("One broker killed", killed);

            kafka.node(1).kill();
            exchanges.probe();
            long restarted = System.nanoTime();
            kafka.node(1).restart();
            exchanges.awaitFlow("Two brokers away, one back", restarted);

            kafka.node(0).restart();
            exchanges.end();
            exchanges.assertAllIsThereOnce(new EventLog(kafka.bootstrapServers()));
        }
    }

    /** How many brokers have each partition. */
    private static List<Integer> replicas(Broker kafka) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicDescription topic = requireNonNull(admin.describeTopics(List.of(MessageEventsTopic.NAME))
                    .allTopicNames()
                    .get()
                    .get(MessageEventsTopic.NAME));
            return topic.partitions().stream()
                    .map(partition -> partition.replicas().size())
                    .toList();
        }
    }

    private final class Servers implements ServerProvider {

        @Override
        public Broker startKafka(Path kafka, int port, Path log) {
            brokers = new ThreeBrokers(kafka, port, log);
            return brokers;
        }

        @Override
        public DatabaseServer startPostgresql(Path data, int port, Map<String, String> settings, Path log) {
            return PostgresqlServer.start(data, port, settings, log);
        }
    }
}
