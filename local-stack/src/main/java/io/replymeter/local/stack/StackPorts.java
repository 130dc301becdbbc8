package io.replymeter.local.stack;

import io.replymeter.embedded.Ports;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ports of a stack on loopback, 1 to 65535, all different. */
public record StackPorts(int messaging, int metrics, int kafka, int postgresql) {

    public static final int MESSAGING = 8080;
    public static final int METRICS = 8081;
    public static final int KAFKA = 19092;
    public static final int POSTGRESQL = 15432;

    public static final StackPorts DEFAULTS = new StackPorts(MESSAGING, METRICS, KAFKA, POSTGRESQL);

    /** Four ports that were free a moment ago. */
    public static StackPorts free() {
        return new StackPorts(Ports.free(), Ports.free(), Ports.free(), Ports.free());
    }

    public String messagingUrl() {
        return "http://localhost:" + messaging;
    }

    public String metricsUrl() {
        return "http://localhost:" + metrics;
    }

    /** @throws CannotContinue when one is taken, asked for twice, or no port at all */
    void requireFree() {
        Map<Integer, String> users = new HashMap<>();
        byUser().forEach((user, port) -> {
            if (port < 1 || port > 65535) {
                throw new CannotContinue(port + " is no port: give " + option(user) + " one from 1 to 65535.");
            }
            String other = users.put(port, user);
            if (other != null) {
                throw new CannotContinue("Port " + port + " is given to both " + other + " and " + user
                        + ": move one with " + option(user) + " PORT.");
            }
            if (Ports.isListening(port)) {
                throw new CannotContinue("Port " + port + " (for " + user
                        + ") is taken by another program: stop that, or choose another port with " + option(user)
                        + " PORT.");
            }
        });
    }

    private Map<String, Integer> byUser() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("messaging", messaging);
        ports.put("metrics", metrics);
        ports.put("kafka", kafka);
        ports.put("postgresql", postgresql);
        return ports;
    }

    private static String option(String user) {
        return "--" + user + "-port";
    }
}
