package io.replymeter.local.stack;

import io.replymeter.embedded.EmbeddedServers;
import io.replymeter.embedded.ServerProvider;
import java.util.List;
import java.util.Map;

/**
 * How a stack is started.
 *
 * @param servers starts PostgreSQL and Kafka; {@link EmbeddedServers} except in tests
 * @param serviceArguments further arguments for both services, such as {@code --logging.level.root=debug}
 * @param postgresqlSettings additional server settings
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
