package io.replymeter.embedded;

import java.nio.file.Path;
import java.util.Map;

/** Servers as child processes from Maven artifacts: they need nothing but this JDK, and their data survive them. */
public final class EmbeddedServers implements ServerProvider {

    @Override
    public KafkaServer startKafka(Path folder, int port, Path log) {
        return KafkaServer.start(folder, port, log);
    }

    @Override
    public PostgresqlServer startPostgresql(Path folder, int port, Map<String, String> settings, Path log) {
        return PostgresqlServer.start(folder, port, settings, log);
    }
}
