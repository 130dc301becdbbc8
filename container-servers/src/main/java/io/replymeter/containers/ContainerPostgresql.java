package io.replymeter.containers;

import static org.testcontainers.postgresql.PostgreSQLContainer.POSTGRESQL_PORT;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.DatabaseServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A PostgreSQL in a container, with the durability settings of its image. */
final class ContainerPostgresql extends RunningContainer implements DatabaseServer {

    private final PostgreSQLContainer container;

    private ContainerPostgresql(PostgreSQLContainer container, Path log) {
        super(container, log);
        this.container = container;
    }

    static ContainerPostgresql start(DockerImageName image, int port, Map<String, String> settings, Path log) {
        PostgreSQLContainer container =
                new PostgreSQLContainer(image).withUsername("postgres").withStartupTimeout(START_TIMEOUT);
        container.setPortBindings(List.of(port + ":" + POSTGRESQL_PORT));
        container.setCommand(command(settings));
        container.start();
        return new ContainerPostgresql(container, log);
    }

    private static String[] command(Map<String, String> settings) {
        List<String> command = new ArrayList<>(List.of("postgres"));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command.toArray(String[]::new);
    }

    @Override
    public Database database(String name) {
        String url = "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(POSTGRESQL_PORT) + "/"
                + name;
        return new Database(name, url, container.getUsername(), container.getPassword());
    }
}
