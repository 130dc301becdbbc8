package io.replymeter.benchmarks.requests;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.replymeter.benchmarks.load.HttpConnection;
import io.replymeter.benchmarks.load.Latencies;
import io.replymeter.local.stack.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks, every few milliseconds, for new providers whose first inquiry is expected in the metrics. */
final class VisibilityObserver implements AutoCloseable {

    private static final long PAUSE_MILLIS = 4;
    private static final int MOST_PROVIDERS = 100;

    private final Map<UUID, Long> expected = new ConcurrentHashMap<>();
    private final Latencies latencies = new Latencies();
    private final HttpConnection connection;
    private final String token;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> observing;

    /** @param token with which {@code metrics} can be read */
    VisibilityObserver(ServiceProcess metrics, String token) throws IOException {
        this.connection = new HttpConnection(metrics.port());
        this.token = token;
        this.observing = thread.scheduleWithFixedDelay(this::look, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param since when the message that makes the provider visible was due, by {@link System#nanoTime} */
    void expect(UUID providerId, long since) {
        expected.put(providerId, since);
    }

    /** Waits until all have been seen; returns how long each took. */
    Latencies awaitAll() throws Exception {
        while (!expected.isEmpty()) {
            if (observing.isDone()) {
                observing.get();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return latencies;
    }

    private void look() {
        List<UUID> providers = expected.keySet().stream().limit(MOST_PROVIDERS).toList();
        if (providers.isEmpty()) {
            return;
        }
        JsonNode answer = read(providers.stream().map(id -> "providerId=" + id).collect(joining("&")));
        long now = System.nanoTime();
        for (JsonNode metrics : answer.path("metrics")) {
            if (metrics.path("pending").asInt() > 0) {
                UUID seen = UUID.fromString(metrics.path("providerId").asString());
                latencies.add(now - requireNonNull(expected.remove(seen)));
            }
        }
    }

    private JsonNode read(String query) {
        try {
            byte[] request = HttpConnection.get("/api/v1/response-metrics?" + query, token);
            return JsonMapper.shared().readTree(connection.exchange(request));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        connection.close();
    }
}
