package io.replymeter.local.stack;

import io.replymeter.embedded.Ports;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The ports of a stack on the loopback interface. */
public record StackPorts(int messaging, int metrics, int kafka, int postgresql) {

    public static final int MESSAGING = 8080;
    public static final int METRICS = 8081;
    public static final int KAFKA = 19092;
    public static final int POSTGRESQL = 15432;

    public static final StackPorts DEFAULTS = new StackPorts(MESSAGING, METRICS, KAFKA, POSTGRESQL);

    /** Four ports that were free a moment ago. */
    public static StackPorts free() {
        return of(service -> Ports.free());
    }

    static StackPorts of(ToIntFunction<String> port) {
        return new StackPorts(
                port.applyAsInt("messaging"),
                port.applyAsInt("metrics"),
                port.applyAsInt("kafka"),
                port.applyAsInt("postgresql"));
    }

    public String messagingUrl() {
        return "http://localhost:" + messaging;
    }

    public String metricsUrl() {
        return "http://localhost:" + metrics;
    }

    /** @throws CannotContinue when a port is taken, given twice, or not from 1 to 65535 */
    void requireFree() {
        Map<Integer, String> byPort = new HashMap<>();
        byService().forEach((service, port) -> {
            if (port < 1 || port > 65535) {
                throw new CannotContinue(
                        port + " is not a port: give " + option(service) + " a number from 1 to 65535.");
            }
            String other = byPort.put(port, service);
            if (other != null) {
                throw new CannotContinue("Port " + port + " is given to both " + other + " and " + service
                        + ": choose another one with " + option(service) + " PORT.");
            }
            if (Ports.isListening(port)) {
                throw new CannotContinue("Port " + port + " (for " + service
                        + ") is used by another program: stop that program, or choose another port with "
                        + option(service)
                        + " PORT.");
            }
        });
    }

    /** The port of each server and service, by the name of its option. */
    Map<String, Integer> byService() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("messaging", messaging);
        ports.put("metrics", metrics);
        ports.put("kafka", kafka);
        ports.put("postgresql", postgresql);
        return ports;
    }

    private static String option(String service) {
        return "--" + service + "-port";
    }
}
