package io.replymeter.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replymeter.embedded.Broker;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.DatabaseServer;
import io.replymeter.embedded.ServerProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {

    @TempDir
    Path folder;

    private final AtomicBoolean databaseStopped = new AtomicBoolean();

    @Test
    void theDatabaseIsStoppedEvenIfKafkaCannotBe() {
        StackSettings settings = new StackSettings(
                StackPorts.DEFAULTS, new ServiceJars(folder, folder), new StuckKafka(), List.of(), Map.of());
        Servers servers = new Servers(DataFolder.at(folder), settings);
        servers.kafka();
        servers.postgresql();

        assertThatThrownBy(servers::close).hasRootCauseMessage("stuck");

        assertThat(databaseStopped).isTrue();
    }

    private final class StuckKafka implements ServerProvider {

        @Override
        public Broker startKafka(Path data, int port, Path log) {
            return new Broker() {
                @Override
                public String bootstrapServers() {
                    return "";
                }

                @Override
                public void kill() {}

                @Override
                public void restart() {}

                @Override
                public CompletableFuture<?> onExit() {
                    return new CompletableFuture<>();
                }

                @Override
                public void close() {
                    throw new IllegalStateException("stuck");
                }
            };
        }

        @Override
        public DatabaseServer startPostgresql(Path data, int port, Map<String, String> settings, Path log) {
            return new DatabaseServer() {
                @Override
                public Database database(String name) {
                    return new Database(name, "", "", "");
                }

                @Override
                public CompletableFuture<?> onExit() {
                    return new CompletableFuture<>();
                }

                @Override
                public void close() {
                    databaseStopped.set(true);
                }
            };
        }
    }
}
