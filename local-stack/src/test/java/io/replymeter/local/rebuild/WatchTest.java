package io.replymeter.local.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.replymeter.local.api.RebuildsApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchTest {

    private final Queue<String> states = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private HttpServer service;

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/ops/v1/rebuilds/2", this::answer);
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    @Test
    void itSaysEachStateOnceAndEndsWhenTheRebuildWaitsForSomebody() {
        states.addAll(List.of("REPLAYING", "VERIFYING", "VERIFYING", "READY"));

        Rebuild rebuild = watch();

        assertThat(rebuild.state()).isEqualTo("READY");
        assertThat(said).containsExactly("Generation 2: REPLAYING", "Generation 2: VERIFYING");
    }

    @Test
    void aRebuildThatFailedIsNotWatched() {
        states.add("FAILED");

        assertThat(watch().state()).isEqualTo("FAILED");
        assertThat(said).isEmpty();
    }

    private Rebuild watch() {
        String url = "http://localhost:" + service.getAddress().getPort();
        return new Watch(new RebuildsApi(url, "token"), 2, said::add).untilItWaitsOrEnds();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = """
                {"generation":2,"state":"%s","progress":{"done":1,"total":2,"percent":50.0}}
                """.formatted(states.remove()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
