package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replymeter.embedded.Broker;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.DatabaseServer;
import io.replymeter.embedded.KafkaServer;
import io.replymeter.embedded.Ports;
import io.replymeter.embedded.PostgresqlServer;
import io.replymeter.embedded.ServerDidNotStart;
import io.replymeter.embedded.ServerProvider;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.LocalStack;
import io.replymeter.local.stack.ServiceProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Both services behind PgBouncer. */
@ExtendWith(PgBouncer.Installed.class)
class PgBouncerIT {

    @TempDir
    private Path folder;

    @Test
    void inSessionModeAllWorks() throws Exception {
        try (OwnStack stack = new OwnStack(folder, new Servers(), Exchanges.SERVICE_ARGUMENTS);
                Exchanges exchanges = new Exchanges(stack)) {
            exchanges.awaitFlow("Behind PgBouncer in session mode", System.nanoTime());
            exchanges.end();
            exchanges.assertAllIsThereOnce(
                    new EventLog(stack.processes().kafka().bootstrapServers()));
        }
    }

    @Test
    void inTransactionModeTheServicesRefuseToStartAndSayWhatToDo() throws Exception {
        DataFolder data = DataFolder.at(folder);
        data.createSigningKey();
        Path log = folder.resolve("server.log");
        PostgresqlServer direct = PostgresqlServer.start(folder.resolve("postgresql"), Ports.free(), Map.of(), log);
        try (PgBouncer pooler = PgBouncer.before(direct, folder, "transaction")) {
            refusesToStart("messaging", EndToEnd.jars().messaging(), pooler, data);
            refusesToStart("metrics", EndToEnd.jars().metrics(), pooler, data);
        }
    }

    private void refusesToStart(String service, Path jar, PgBouncer pooler, DataFolder data) throws Exception {
        Database database = pooler.createDatabase(service);
        int port = Ports.free();
        Path log = folder.resolve(service + ".log");
        List<String> arguments = LocalStack.connections(port, database, "localhost:1", data);
        try (ServiceProcess process = ServiceProcess.start(service, jar, port, arguments, log)) {
            assertThatThrownBy(process::awaitReady).isInstanceOf(ServerDidNotStart.class);
        }
        assertThat(log).content().contains("APPLICATION FAILED TO START", "pool_mode=session");
        assertThat(tables(database)).isZero();
    }

    /** Nothing was migrated. */
    private static int tables(Database database) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet tables = connection.getMetaData().getTables(null, "public", null, new String[] {"TABLE"})) {
            int count = 0;
            while (tables.next()) {
                count++;
            }
            return count;
        }
    }

    private final class Servers implements ServerProvider {

        @Override
        public Broker startKafka(Path kafka, int port, Path log) {
            return KafkaServer.start(kafka, port, log, Map.of());
        }

        @Override
        public DatabaseServer startPostgresql(Path data, int port, Map<String, String> settings, Path log) {
            return PgBouncer.before(PostgresqlServer.start(data, port, settings, log), folder, "session");
        }
    }
}
