package io.replymeter.metrics.rebuild;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.embedded.TestServers;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.TestTopic;
import io.replymeter.metrics.generation.RebuildState;
import io.replymeter.metrics.rebuild.RebuildController.ThrottleRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** Every read takes too long, but for none at all. */
class YieldingTest {

    private final TestTopic topic = TestTopic.create();
    private volatile boolean stopped;

    @Test
    void aReplayYieldsToReadersAndEndsAllTheSame() throws InterruptedException {
        try (Instance instance =
                        Instance.start(TestServers.newDatabase(), topic, "--replymeter.rebuild.reads-within=0ms");
                TestLog log = new TestLog(topic.name())) {
            new Traffic(log).history(5_000);
            Ops ops = Ops.of(instance);
            Thread reader = new Thread(() -> readAllTheTime(instance), "reader");
            reader.start();
            int rebuilt = ops.start(null, 100, false);

            await().atMost(Ops.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(ops.api().get(rebuilt).reason()).contains("yields"));
            await().atMost(Ops.PATIENCE)
                    .untilAsserted(() -> assertThat(pace(instance)).isLessThan(1));
            ops.api().throttle(rebuilt, new ThrottleRequest(null));
            ops.await(rebuilt, RebuildState.READY);
            assertThat(ops.verification(rebuilt).isClean()).isTrue();

            stopped = true;
            reader.join();
            await().atMost(Ops.PATIENCE)
                    .untilAsserted(() -> assertThat(pace(instance)).isEqualTo(1));
        }
    }

    private static double pace(Instance instance) {
        return instance.bean(MeterRegistry.class)
                .get("replymeter.replay.pace")
                .gauge()
                .value();
    }

    /** Without a token: what is refused is answered all the same. */
    private void readAllTheTime(Instance instance) {
        String port = requireNonNull(instance.bean(Environment.class).getProperty("local.server.port"));
        HttpRequest read = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/response-metrics"))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        while (!stopped) {
            try {
                http.send(read, BodyHandlers.discarding());
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
