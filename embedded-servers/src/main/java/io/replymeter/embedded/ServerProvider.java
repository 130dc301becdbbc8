package io.replymeter.embedded;

import java.nio.file.Path;
import java.util.Map;

/** Starts servers: {@link EmbeddedServers} as child processes, and other providers that tests have on their class path. */
public interface ServerProvider {

    /**
     * Starts a broker and waits until it accepts connections.
     *
     * @param folder for its data and configuration, if they are kept on this machine; created if missing
     * @param port its port on the loopback interface
     * @param log its output is appended to this file, whose folder must exist
     * @throws ServerDidNotStart when it ends early or accepts no connection for minutes
     */
    Broker startKafka(Path folder, int port, Path log);

    /**
     * Starts a PostgreSQL and waits until it accepts connections.
     *
     * @param folder for its data, if they are kept on this machine; created if missing
     * @param port its port on the loopback interface
     * @param settings additional server settings, such as {@code log_min_duration_statement}
     * @param log its output is appended to this file, whose folder must exist
     * @throws ServerDidNotStart when it ends early or accepts no connection for minutes
     */
    DatabaseServer startPostgresql(Path folder, int port, Map<String, String> settings, Path log);
}
