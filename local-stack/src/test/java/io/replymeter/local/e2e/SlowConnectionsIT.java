package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends slowly, without a token, keeps nobody else out. */
class SlowConnectionsIT {

    /** Of each kind: as many as Tomcat has threads on JDK 17. */
    private static final int CONNECTIONS = 200;

    private static final String LENGTH = "Content-Type: application/json\r\nContent-Length: 1000\r\n";
    private static final String CHUNKED = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";

    private static final RawRequest[] SLOW = {
        new RawRequest("POST", "/api/v1/messages", LENGTH, "{"),
        new RawRequest("POST", "/ops/v1/rebuilds", CHUNKED, "1\r\n{"),
        new RawRequest("GET", "/actuator/health", LENGTH, "{"),
        new RawRequest("GET", "/v3/api-docs", CHUNKED, "1\r\n{")
    };

    @ParameterizedTest
    @ValueSource(strings = {"messaging", "metrics"})
    void healthAndOrdinaryRequestsAreAnsweredBesideSlowConnections(String service) throws IOException {
        boolean messaging = service.equals("messaging");
        int port = messaging
                ? EndToEnd.stack().messaging().port()
                : EndToEnd.stack().metrics().port();
        RawRequest health = RawRequest.get("/actuator/health/readiness", null);
        RawRequest ordinary = messaging
                ? RawRequest.get("/api/v1/conversations", Person.client().token())
                : RawRequest.get("/ops/v1/ignored", EndToEnd.opsToken());

        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                for (RawRequest request : SLOW) {
                    slow.add(request.open(port));
                }
            }
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(health.send(port).status()).isEqualTo(200);
                assertThat(ordinary.send(port).status()).isEqualTo(200);
            });
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void theServicesListenOnLoopbackOnly() throws IOException {
        for (int port : new int[] {
            EndToEnd.stack().messaging().port(), EndToEnd.stack().metrics().port()
        }) {
            assertThat(isListening(InetAddress.getByName("127.0.0.1"), port)).isTrue();
            // A wildcard address would answer here too.
            assertThat(isListening(InetAddress.getByName("127.0.0.2"), port)).isFalse();
        }
    }

    private static boolean isListening(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
