package io.replymeter.embedded;

import java.nio.file.Path;
import java.util.Map;

/** Starts servers: as child processes, {@link EmbeddedServers}, or in another way that a test's class path provides. */
public interface ServerProvider {

    /**
     * Starts a broker and waits until it is ready.
     *
     * @param folder for its data and configuration, where they are files of this machine; created when missing
     * @param port its port on this machine
     * @param log takes its output, appended; its folder must exist
     * @throws ServerDidNotStart when it does not come up
     */
    Broker startKafka(Path folder, int port, Path log);

    /**
     * Starts a PostgreSQL and waits until it accepts connections.
     *
     * @param folder for its data, where they are files of this machine; created when missing
     * @param port its port on this machine
     * @param settings server settings beyond the ordinary ones, such as {@code log_min_duration_statement}
     * @param log takes its output, appended; its folder must exist
     * @throws ServerDidNotStart when it does not come up
     */
    DatabaseServer startPostgresql(Path folder, int port, Map<String, String> settings, Path log);
}
