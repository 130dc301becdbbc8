package io.replymeter.embedded;

import java.nio.file.Path;
import java.util.Map;

/** A process that starts one server of each kind and then waits to be killed. */
final class KilledOwner {

    private KilledOwner() {}

    /** @param arguments the folder, the port of Kafka, the port of PostgreSQL */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        KafkaServer.start(
                folder.resolve("kafka"), Integer.parseInt(arguments[1]), folder.resolve("kafka.log"), Map.of());
        PostgresqlServer.start(
                folder.resolve("postgresql"),
                Integer.parseInt(arguments[2]),
                Map.of(),
                folder.resolve("postgresql.log"));
        Thread.sleep(Long.MAX_VALUE); // Until the test kills it, which is what is tested.
    }
}
