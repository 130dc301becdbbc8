package io.replymeter.local.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a running stack tells the other commands about itself.
 *
 * @param processId of {@code up}; 0 when none runs
 * @param ports where it listens; the defaults when none runs
 */
public record RunningStack(long processId, StackPorts ports) {

    private static final RunningStack NONE = new RunningStack(0, StackPorts.DEFAULTS);

    String describe() {
        return processId == 0 ? "" : " (process " + processId + ", " + ports.messagingUrl() + ")";
    }

    static RunningStack read(Path file) {
        if (!Files.exists(file)) {
            return NONE;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(reader);
            return new RunningStack(
                    Long.parseLong(properties.getProperty("process-id", "0")),
                    new StackPorts(
                            port(properties, "messaging"),
                            port(properties, "metrics"),
                            port(properties, "kafka"),
                            port(properties, "postgresql")));
        } catch (IOException | NumberFormatException e) {
            return NONE;
        }
    }

    void write(Path file) {
        Properties properties = new Properties();
        properties.setProperty("process-id", Long.toString(processId));
        properties.setProperty("messaging", Integer.toString(ports.messaging()));
        properties.setProperty("metrics", Integer.toString(ports.metrics()));
        properties.setProperty("kafka", Integer.toString(ports.kafka()));
        properties.setProperty("postgresql", Integer.toString(ports.postgresql()));
        StringWriter text = new StringWriter();
        try {
            properties.store(text, "The stack that runs on this folder");
            Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(Properties properties, String name) {
        return Integer.parseInt(properties.getProperty(name, ""));
    }
}
