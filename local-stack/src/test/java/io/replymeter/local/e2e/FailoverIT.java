package io.replymeter.local.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.embedded.Broker;
import io.replymeter.embedded.DatabaseServer;
import io.replymeter.embedded.KafkaServer;
import io.replymeter.embedded.ServerProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is lost and its standby takes over. Both services know both addresses and go on by themselves. */
class FailoverIT {

    @TempDir
    private Path folder;

    @Test
    void withASynchronousStandbyNothingAcknowledgedIsLostOrCountedTwice() throws Exception {
        ReplicatedServers servers = new ReplicatedServers(true);
        try (OwnStack stack = new OwnStack(folder, servers, Exchanges.SERVICE_ARGUMENTS);
                Exchanges exchanges = new Exchanges(stack)) {
            exchanges.awaitFlow("Before the failover", System.nanoTime());
            long lost = System.nanoTime();
            servers.postgresql().loseHost();
            exchanges.awaitFlow("Primary's host vanished, standby promoted", lost);

            exchanges.end();
            exchanges.assertAllIsThereOnce(
                    new EventLog(stack.processes().kafka().bootstrapServers()));
        }
    }

    @Test
    void whatAnAsynchronousStandbyDidNotGetIsLostForUsersButCountedAgainFromTheTopic() throws Exception {
        ReplicatedServers servers = new ReplicatedServers(false);
        try (OwnStack stack = new OwnStack(folder, servers, Exchanges.SERVICE_ARGUMENTS);
                Exchanges exchanges = new Exchanges(stack)) {
            EventLog log = new EventLog(stack.processes().kafka().bootstrapServers());
            exchanges.probe();
            exchanges.end();
            exchanges.assertAllIsThereOnce(log);
            servers.postgresql().cutReplication();
            exchanges.probe();
            exchanges.awaitCounted();

            long killed = System.nanoTime();
            servers.postgresql().failOver();
            exchanges.awaitFlow("Primary killed, standby promoted", killed);

            exchanges.assertAllInTheTopicCounts(log);
            Set<String> lost = exchanges.differences(exchanges.stored());
            assertThat(lost).isNotEmpty();
        }
    }

    private static final class ReplicatedServers implements ServerProvider {

        private final boolean isSynchronous;
        private @Nullable StandbyPair postgresql;

        ReplicatedServers(boolean isSynchronous) {
            this.isSynchronous = isSynchronous;
        }

        StandbyPair postgresql() {
            return requireNonNull(postgresql);
        }

        @Override
        public Broker startKafka(Path kafka, int port, Path log) {
            return KafkaServer.start(kafka, port, log, Map.of());
        }

        @Override
        public DatabaseServer startPostgresql(Path data, int port, Map<String, String> settings, Path log) {
            postgresql = new StandbyPair(data, port, log, isSynchronous);
            return postgresql;
        }
    }
}
