package io.replymeter.local.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What other commands need to know about a running stack.
 *
 * @param processId the process id of {@code up}; 0 if no stack was ever started
 * @param ports the ports of the stack; the default ports if no stack was ever started
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
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return new RunningStack(
                    Long.parseLong(properties.getProperty("process-id", "0")),
                    StackPorts.of(service -> Integer.parseInt(properties.getProperty(service, ""))));
        } catch (IOException | NumberFormatException e) {
            return NONE;
        }
    }

    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("process-id", Long.toString(processId));
        ports.byService().forEach((service, port) -> properties.setProperty(service, Integer.toString(port)));
        StringWriter text = new StringWriter();
        properties.store(text, "The stack that runs on this folder");
        Files.writeString(file, text.toString());
    }
}
