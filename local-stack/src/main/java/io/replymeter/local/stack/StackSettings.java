package io.replymeter.local.stack;

import java.util.List;
import java.util.Map;

/**
 * What a stack is started with.
 *
 * @param serviceArguments given to both services after our own, such as {@code --logging.level.root=debug}
 * @param postgresqlSettings server settings beyond the ordinary ones
 */
public record StackSettings(
        StackPorts ports, ServiceJars jars, List<String> serviceArguments, Map<String, String> postgresqlSettings) {

    public StackSettings(StackPorts ports, ServiceJars jars) {
        this(ports, jars, List.of(), Map.of());
    }
}
