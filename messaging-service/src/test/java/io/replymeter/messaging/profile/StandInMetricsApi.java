package io.replymeter.messaging.profile;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.replymeter.embedded.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A small server in place of the metrics API. It answers what a test tells it to, or fails as told. */
final class StandInMetricsApi implements AutoCloseable {

    /** How it answers while it runs; {@code LATE} is never. */
    enum Mood {
        WELL,
        LATE,
        NEVER_ENDING,
        BROKEN,
        GARBLED,
        NOT_EVEN_JSON,
        EMPTY,
        IMPOSSIBLE,
        UNAUTHORIZED,
        REDIRECTING
    }

    /** A provider's numbers. */
    record Numbers(
            int sampleSize,
            int answered,
            @Nullable String averageSeconds,
            @Nullable Instant lastUpdated,
            int excused) {
        static final Numbers NONE = new Numbers(0, 0, null, Instant.EPOCH);

        Numbers(int sampleSize, int answered, @Nullable String averageSeconds, @Nullable Instant lastUpdated) {
            this(sampleSize, answered, averageSeconds, lastUpdated, 0);
        }
    }

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    volatile Mood mood = Mood.WELL;
    volatile boolean knowsExcuses = true;
    volatile @Nullable String inquiries;
    volatile @Nullable String history;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Map<UUID, Numbers> numbers = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port = Ports.free();
    private @Nullable HttpServer server;

    StandInMetricsApi() {
        start();
    }

    URI url() {
        return URI.create("http://localhost:" + port);
    }

    void know(UUID provider, Numbers known) {
        numbers.put(provider, known);
    }

    void start() {
        try {
            HttpServer starting = HttpServer.create(new InetSocketAddress("localhost", port), 0);
            starting.setExecutor(threads);
            starting.createContext("/", this::handle);
            starting.start();
            server = starting;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Runs and answers well again after what a test did before. */
    void recover() {
        mood = Mood.WELL;
        if (server == null) {
            start();
        }
        requests.clear();
    }

    @Override
    public void close() {
        closed.countDown();
        stop();
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI().toString());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        try (exchange) {
            answer(exchange, exchange.getRequestURI());
        }
    }

    private void answer(HttpExchange exchange, URI uri) throws IOException {
        switch (mood) {
            case WELL -> respond(exchange, uri.toString().contains("cursor=theirs") ? 400 : 200, body(uri));
            case LATE -> pause(Long.MAX_VALUE);
            case NEVER_ENDING -> drip(exchange);
            case BROKEN -> respond(exchange, 500, "{}");
            case GARBLED -> respond(exchange, 200, "{\"providerId\": \"");
            case NOT_EVEN_JSON -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                respond(exchange, 200, "<html>Welcome to the hotel's network</html>");
            }
            case EMPTY -> respond(exchange, 200, "{}");
            case IMPOSSIBLE -> respond(exchange, 200, body(uri).replaceAll("\"answered\":\\d+", "\"answered\":1000"));
            case UNAUTHORIZED -> respond(exchange, 401, "{}");
            case REDIRECTING -> {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                respond(exchange, 302, "{}");
            }
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().computeIfAbsent("Content-Type", name -> List.of("application/json"));
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Sends the headers in time, and then a byte now and then. */
    private void drip(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        while (closed.getCount() > 0) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            pause(50);
        }
    }

    private void pause(long milliseconds) {
        try {
            closed.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String body(URI uri) {
        List<UUID> providers = ID.matcher(uri.toString())
                .results()
                .map(id -> UUID.fromString(id.group()))
                .toList();
        if (uri.getPath().endsWith("/inquiries")) {
            return Objects.requireNonNull(inquiries);
        }
        if (uri.getPath().endsWith("/daily") || uri.getPath().endsWith("/distribution")) {
            return Objects.requireNonNull(history);
        }
        return uri.getPath().contains("/providers/")
                ? metricsOf(providers.get(0))
                : providers.stream().map(this::metricsOf).collect(Collectors.joining(",", "{\"metrics\":[", "]}"));
    }

    private String metricsOf(UUID provider) {
        Numbers known = numbers.getOrDefault(provider, Numbers.NONE);
        boolean enough = known.sampleSize() >= 3;
        return """
                {"providerId":"%s","status":"%s","window":{"days":30,"from":"2026-10-24","to":"2026-11-22"},
                 "sampleSize":%d,"minimumSampleSize":3,"pending":1,"answered":%d,"answeredLate":0,"unanswered":%d,
                 %s
                 "responseRatePercent":%s,"averageResponseTimeSeconds":%s,"medianResponseTimeSeconds":%s,
                 "p90ResponseTimeSeconds":9000.0,"lastUpdated":%s,"asOf":"%s","somethingNew":{"a":1},
                 "ruleset":{"version":1,"generation":1,"answerWithin":"PT24H","horizon":"PT168H",
                 "reinquirySilence":"PT24H","windowDays":30,"minimumSampleSize":3}}
                """.formatted(
                        provider,
                        enough ? "AVAILABLE" : "INSUFFICIENT_DATA",
                        known.sampleSize(),
                        known.answered(),
                        known.sampleSize() - known.answered(),
                        knowsExcuses ? "\"excused\":" + known.excused() + ",\"excusedBeyondAllowance\":1," : "",
                        enough ? "%.2f".formatted(100.0 * known.answered() / known.sampleSize()) : null,
                        known.averageSeconds(),
                        known.averageSeconds() == null ? null : "3600.0",
                        known.lastUpdated() == null ? null : "\"" + known.lastUpdated() + "\"",
                        Instant.now());
    }
}
