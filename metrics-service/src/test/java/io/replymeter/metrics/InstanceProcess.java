package io.replymeter.metrics;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.JavaProcess;
import io.replymeter.embedded.TestServers;
import io.replymeter.embedded.faults.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An instance of the service in a process of its own, to be killed. */
public final class InstanceProcess implements AutoCloseable {

    private final JavaProcess process;

    private InstanceProcess(JavaProcess process) {
        this.process = process;
    }

    public static InstanceProcess start(Database database, TestTopic topic, String... settings) {
        return start(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), database, topic, settings);
    }

    public static InstanceProcess start(
            List<String> jvmOptions, Database database, TestTopic topic, String... settings) {
        List<String> arguments = Instance.arguments(topic, settings);
        arguments.addAll(List.of(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestServers.kafka().bootstrapServers()));
        try {
            Path folder = Files.createDirectories(Path.of("target", "instances"));
            return new InstanceProcess(JavaProcess.start(
                    jvmOptions,
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    InstanceProcess.class.getName(),
                    arguments,
                    folder.resolve(topic.name() + ".log")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process itself. */
    public static void main(String[] arguments) {
        Instance.start(List.of(arguments), context -> {});
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    /** As {@code kill -STOP} does: its connections stay open, and it says nothing any more. */
    public void freeze() {
        Signals.freeze(process.processId());
    }

    @Override
    public void close() {
        process.kill();
    }
}
