package io.replymeter.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class StackPortsTest {

    @Test
    void aPortInUseIsNamedWithTheOptionThatMovesIt() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StackPorts free = StackPorts.free();
            StackPorts ports =
                    new StackPorts(free.messaging(), free.metrics(), other.getLocalPort(), free.postgresql());

            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(CannotContinue.class)
                    .hasMessageContainingAll(Integer.toString(other.getLocalPort()), "kafka", "--kafka-port PORT");
        }
    }

    @Test
    void aPortGivenTwiceIsNamed() {
        assertThatThrownBy(() -> new StackPorts(4001, 4001, 4002, 4003).requireFree())
                .isInstanceOf(CannotContinue.class)
                .hasMessageContainingAll("4001", "--metrics-port");
    }

    @Test
    void whatIsNoPortIsRefused() {
        assertThatThrownBy(() -> new StackPorts(70_000, 4001, 4002, 4003).requireFree())
                .isInstanceOf(CannotContinue.class)
                .hasMessageContaining("1 to 65535");
    }

    @Test
    void freePortsAreFree() {
        StackPorts.free().requireFree();

        assertThat(StackPorts.DEFAULTS.messagingUrl()).isEqualTo("http://localhost:8080");
    }
}
