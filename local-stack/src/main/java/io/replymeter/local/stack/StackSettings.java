package io.replymeter.local.stack;

import io.replymeter.embedded.EmbeddedServers;
import io.replymeter.embedded.ServerProvider;
import java.util.List;
import java.util.Map;

/**
 * What a stack is started with.
 *
 * @param servers starts PostgreSQL and Kafka; ordinarily {@link EmbeddedServers}
 * @param serviceArguments given to both services after our own, such as {@code --logging.level.root=debug}
 * @param postgresqlSettings server settings beyond the ordinary ones
 */
public record StackSettings(
        StackPorts ports,
        ServiceJars jars,
        ServerProvider servers,
        List<String> serviceArguments,
        Map<String, String> postgresqlSettings) {

    public StackSettings(StackPorts ports, ServiceJars jars) {
        this(ports, jars, new EmbeddedServers(), List.of(), Map.of());
    }
}
