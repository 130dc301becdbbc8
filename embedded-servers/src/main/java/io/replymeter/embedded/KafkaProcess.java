package io.replymeter.embedded;

import java.nio.file.Files;
import java.nio.file.Path;

/** The main class of the broker's JVM: formats the storage if it is new, then runs the broker. */
final class KafkaProcess {

    private KafkaProcess() {}

    /** @param arguments the configuration file and the existing data folder */
    public static void main(String[] arguments) {
        String configuration = arguments[0];
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            format(configuration);
        }
        kafka.Kafka.main(new String[] {configuration});
    }

    private static void format(String configuration) {
        String clusterId = org.apache.kafka.common.Uuid.randomUuid().toString();
        int status = kafka.tools.StorageTool.execute(
                new String[] {"format", "-t", clusterId, "-c", configuration}, System.out);
        if (status != 0) {
            System.exit(status);
        }
    }
}
