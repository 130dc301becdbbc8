package io.replymeter.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The broker's own JVM: formats its storage once, serves, and ends when the parent that holds its input is gone. */
final class KafkaProcess {

    private KafkaProcess() {}

    public static void main(String[] arguments) throws IOException {
        String configuration = arguments[0];
        endWithParent();
        String clusterId = clusterId(configuration);
        int formatted = kafka.tools.StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "-t", clusterId, "-c", configuration}, System.out);
        if (formatted != 0) {
            System.exit(formatted);
        }
        kafka.Kafka.main(new String[] {configuration});
    }

    /** The same cluster id for the same folder, so that formatting again finds it formatted. */
    private static String clusterId(String configuration) {
        byte[] folder = configuration.getBytes(StandardCharsets.UTF_8);
        UUID id = UUID.nameUUIDFromBytes(folder);
        return new org.apache.kafka.common.Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits()).toString();
    }

    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nothing is ever written: read returns when the parent's end of the pipe closes.
                        }
                    } catch (IOException e) {
                        // A broken pipe says the same.
                    }
                    Runtime.getRuntime().halt(1);
                },
                "end-with-parent");
        watch.setDaemon(true);
        watch.start();
    }
}
