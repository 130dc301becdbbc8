package io.replymeter.embedded;

import java.nio.file.Path;
import java.util.Map;

/** Starts servers from Maven artifacts as child processes. They need nothing but a JDK, and their data outlive them. */
public final class EmbeddedServers implements ServerProvider {

    @Override
    public KafkaServer startKafka(Path folder, int port, Path log) {
        return KafkaServer.start(folder, port, log, Map.of());
    }

    @Override
    public PostgresqlServer startPostgresql(Path folder, int port, Map<String, String> settings, Path log) {
        return PostgresqlServer.start(folder, port, settings, log);
    }
}
