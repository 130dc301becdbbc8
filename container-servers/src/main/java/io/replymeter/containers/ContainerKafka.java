package io.replymeter.containers;

import static java.util.stream.Collectors.toMap;

import io.replymeter.embedded.Broker;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A broker in a container. Its port is fixed, so that clients find it again after it was killed and restarted. */
final class ContainerKafka extends RunningContainer implements Broker {

    private static final int PORT = 9092;

    private final KafkaContainer container;
    private int starts = 1;

    private ContainerKafka(KafkaContainer container, Path log) {
        super(container, log);
        this.container = container;
    }

    static ContainerKafka start(DockerImageName image, int port, Path log) {
        KafkaContainer container = new KafkaContainer(image)
                .withEnv(environment())
                .withEnv("KAFKA_HEAP_OPTS", "-Xms128m -Xmx512m")
                .withStartupTimeout(START_TIMEOUT);
        container.setPortBindings(List.of(port + ":" + PORT));
        container.start();
        return new ContainerKafka(container, log);
    }

    private static Map<String, String> environment() {
        return SETTINGS.entrySet().stream().collect(toMap(setting -> variable(setting.getKey()), Map.Entry::getValue));
    }

    private static String variable(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void restart() {
        startAgain();
        starts++;
        Wait.forLogMessage(".*Transitioning from RECOVERY to RUNNING.*", starts)
                .withStartupTimeout(START_TIMEOUT)
                .waitUntilReady(container);
    }
}
