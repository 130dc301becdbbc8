package io.replymeter.containers;

import io.replymeter.embedded.Broker;
import io.replymeter.embedded.DatabaseServer;
import io.replymeter.embedded.ServerDidNotStart;
import io.replymeter.embedded.ServerProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts servers in containers. The system properties {@code replymeter.kafka.image} and {@code
 * replymeter.postgres.image} name the images. The data are removed with the container, and the folders stay empty.
 */
public final class ContainerServers implements ServerProvider {

    private static final String KAFKA = "apache/kafka:4.2.2";
    private static final String POSTGRES = "postgres:18";

    @Override
    public Broker startKafka(Path folder, int port, Path log) {
        DockerImageName image = image("replymeter.kafka.image", KAFKA);
        return started(image, () -> ContainerKafka.start(image, port, log));
    }

    @Override
    public DatabaseServer startPostgresql(Path folder, int port, Map<String, String> settings, Path log) {
        DockerImageName image = image("replymeter.postgres.image", POSTGRES);
        return started(image, () -> ContainerPostgresql.start(image, port, settings, log));
    }

    /** An image with another name, such as one from a private registry, is expected to be compatible. */
    private static DockerImageName image(String property, String standard) {
        return DockerImageName.parse(System.getProperty(property, standard))
                .asCompatibleSubstituteFor(DockerImageName.parse(standard).getUnversionedPart());
    }

    private static <T> T started(DockerImageName image, Supplier<T> start) {
        try {
            return start.get();
        } catch (ContainerLaunchException | ContainerFetchException e) {
            throw new ServerDidNotStart("A container of " + image + " did not start; the causes below say why", e);
        }
    }
}
