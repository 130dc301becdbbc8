package io.replymeter.local;

import io.replymeter.local.stack.SigningKey;
import io.replymeter.local.stack.StackPorts;

/**
 * Links that sign in. The token is in the fragment, which a browser sends to nobody, and the page takes it out of the address
 * at once.
 */
final class Links {

    private final SigningKey key;
    private final StackPorts ports;

    Links(SigningKey key, StackPorts ports) {
        this.key = key;
        this.ports = ports;
    }

    /** The web application, as this user. */
    String user(Object id) {
        return ports.messagingUrl() + "/#token=" + TokenCommand.token(key, id.toString());
    }

    /** Everybody of the sample marketplace, to become one of them. */
    String demo() {
        return ports.messagingUrl() + "/#token=" + TokenCommand.token(key, "demo");
    }

    /** The operator's console. */
    String operator() {
        return ports.metricsUrl() + "/ops/#token=" + TokenCommand.token(key, "ops");
    }
}
