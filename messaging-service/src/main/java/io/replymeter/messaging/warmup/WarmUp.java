package io.replymeter.messaging.warmup;

import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.messaging.warmup.Rehearsal.Pair;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Sends messages over HTTP before the service says that it is ready, so that the JVM has compiled what the first users need.
 * They are {@link Rehearsal rehearsed}: nothing of them stays. If they fail, the service starts all the same.
 */
@Component
final class WarmUp implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int CALLERS = 8;

    /** Its signature is checked as any other, and is wrong. */
    private static final String FORGED = encoded("{\"alg\":\"RS256\"}") + "." + encoded("{\"sub\":\"nobody\"}") + "."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[256]);

    private final Rehearsal rehearsal;
    private final MeterRegistry meters;
    private final ServerProperties server;
    private final Duration time;
    private final int requests;
    private int port;

    WarmUp(
            Rehearsal rehearsal,
            MeterRegistry meters,
            ServerProperties server,
            @Value("${replymeter.warm-up.time}") Duration time,
            @Value("${replymeter.warm-up.requests}") int requests) {
        this.rehearsal = rehearsal;
        this.meters = meters;
        this.server = server;
        this.time = time;
        this.requests = requests;
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            port = event.getWebServer().getPort();
        }
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        if (port == 0 || time.isZero() || server.getSsl() != null) {
            return;
        }
        AtomicInteger answered = new AtomicInteger();
        long end = System.nanoTime() + time.toNanos();
        HttpClient http = HttpClient.newHttpClient();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        IntStream.range(0, CALLERS)
                .<Callable<Void>>mapToObj(number -> () -> rehearse(http, answered, end))
                .forEach(callers::submit);
        callers.shutdown();
        if (!callers.awaitTermination(time.toMillis() + 5_000, TimeUnit.MILLISECONDS)) {
            callers.shutdownNow();
        }
        forgetMeasurements();
        log.info("{} requests were rehearsed", answered);
    }

    /** The meters of requests begin with the first real one. A request is measured a moment after it was answered. */
    private void forgetMeasurements() throws InterruptedException {
        for (int moment = 0; moment < 1_000 && isAnswering(); moment++) {
            Thread.sleep(1); // Meters cannot be awaited, so they are asked again.
        }
        meters.find("http.server.requests").meters().forEach(meters::remove);
    }

    private boolean isAnswering() {
        return meters.find("http.server.requests.active").longTaskTimers().stream()
                .anyMatch(active -> active.activeTasks() > 0);
    }

    private Void rehearse(HttpClient http, AtomicInteger answered, long end) throws IOException, InterruptedException {
        while (System.nanoTime() < end && answered.get() < requests) {
            Pair pair = new Pair(UUID.randomUUID(), UUID.randomUUID());
            send(http, pair.client(), pair.provider(), pair);
            send(http, pair.provider(), pair.client(), pair);
            post(http, FORGED, pair.client());
            answered.addAndGet(3);
        }
        return null;
    }

    private void send(HttpClient http, UUID caller, UUID recipient, Pair pair)
            throws IOException, InterruptedException {
        String token = rehearsal.begin(pair, caller);
        try {
            post(http, token, recipient);
        } finally {
            rehearsal.end(token, caller);
        }
    }

    private void post(HttpClient http, String token, UUID recipient) throws IOException, InterruptedException {
        http.send(
                HttpRequest.newBuilder(messages())
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"recipientId\":\"" + recipient + "\",\"body\":\"A rehearsal\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI messages() {
        InetAddress address = Optional.ofNullable(server.getAddress()).orElseGet(InetAddress::getLoopbackAddress);
        return UriComponentsBuilder.fromPath("/api/v1/messages")
                .scheme("http")
                .host(address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress())
                .port(port)
                .build()
                .toUri();
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
