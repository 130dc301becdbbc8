package io.replymeter.benchmarks.requests;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks, every few milliseconds, for new providers whose first inquiry is expected in the metrics. */
final class Sightings implements AutoCloseable {

    private static final long PAUSE_MILLIS = 4;
    private static final int MOST_PROVIDERS = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<UUID, Long> expected = new ConcurrentHashMap<>();
    private final Latencies latencies = new Latencies();
    private final HttpConnection connection;
    private final String token;
    private final Thread observer = new Thread(this::observe, "observer");
    private volatile boolean closed;

    Sightings(Marketplace marketplace) throws IOException {
        connection = new HttpConnection(marketplace.metrics().port());
        token = marketplace.metricsToken();
        observer.start();
    }

    /** @param since when what makes the provider visible was due, by {@link System#nanoTime} */
    void expect(UUID providerId, long since) {
        expected.put(providerId, since);
    }

    /** Waits until all have been seen; returns how long each took. */
    Latencies awaitAll() throws InterruptedException {
        while (!expected.isEmpty()) {
            if (!observer.isAlive()) {
                throw new IllegalStateException("The observer has stopped");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return latencies;
    }

    private void observe() {
        try {
            while (!closed) {
                look(expected.keySet().stream().limit(MOST_PROVIDERS).toList());
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Could not read metrics", e);
        }
    }

    private void look(List<UUID> providers) throws IOException {
        if (providers.isEmpty()) {
            return;
        }
        String query = providers.stream().map(id -> "providerId=" + id).collect(Collectors.joining("&"));
        JsonNode answer =
                JSON.readTree(connection.exchange(HttpConnection.get("/api/v1/response-metrics?" + query, token)));
        long now = System.nanoTime();
        for (JsonNode metrics : answer.path("metrics")) {
            if (metrics.path("pending").asInt() > 0) {
                UUID seen = UUID.fromString(metrics.path("providerId").asString());
                latencies.add(now - requireNonNull(expected.remove(seen)));
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        observer.join();
        connection.close();
    }
}
