package io.replymeter.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.Uuid;

/** The main class of the broker's JVM: formats the storage if it is new, then runs the broker. */
final class KafkaProcess {

    private KafkaProcess() {}

    /** @param arguments the configuration file and the existing data folder */
    public static void main(String[] arguments) throws IOException {
        String configuration = arguments[0];
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            format(configuration);
        }
        kafka.Kafka.main(new String[] {configuration});
    }

    private static void format(String configuration) throws IOException {
        int status = kafka.tools.StorageTool.execute(
                new String[] {"format", "-t", clusterId(configuration), "-c", configuration}, System.out);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static String clusterId(String configuration) throws IOException {
        Properties settings = new Properties();
        try (InputStream text = Files.newInputStream(Path.of(configuration))) {
            settings.load(text);
        }
        return clusterIdOf(settings.getProperty("controller.quorum.voters"));
    }

    /** The same for all nodes of a cluster, who have the same voters. One that begins with a hyphen would be taken for an option. */
    static String clusterIdOf(String voters) {
        UUID id = UUID.nameUUIDFromBytes(voters.getBytes(UTF_8));
        return new Uuid(id.getMostSignificantBits() & Long.MAX_VALUE, id.getLeastSignificantBits()).toString();
    }
}
