package io.replymeter.embedded;

import java.nio.file.Path;
import java.util.Map;

/** A process that owns one server of each kind and waits to be killed. */
final class KilledOwner {

    private KilledOwner() {}

    /** @param arguments folder, port of Kafka, port of PostgreSQL */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        KafkaServer.start(folder.resolve("kafka"), Integer.parseInt(arguments[1]));
        PostgresqlServer.start(folder.resolve("postgresql"), Integer.parseInt(arguments[2]), Map.of());
        // Until it is killed, which is what it is for.
        Thread.sleep(Long.MAX_VALUE);
    }
}
