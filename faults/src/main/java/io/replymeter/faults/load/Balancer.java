package io.replymeter.faults.load;

import io.replymeter.faults.stack.Instance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer as small as one can be: it takes the instances in turn, asks the next one when one does not answer or says
 * 502, 503 or 504, and leaves one that did not answer alone for 5 seconds. Every request may be sent twice: posts have
 * their Idempotency-Key. Thread-safe.
 */
public final class Balancer {

    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration REST = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final List<Instance> instances;
    private final Map<Instance, Long> restingUntil = new ConcurrentHashMap<>();
    private int turn;

    public Balancer(List<Instance> instances) {
        this.instances = instances;
    }

    /** A request to a path. */
    public record Request(
            String method,
            String path,
            String token,
            @Nullable String key,
            @Nullable String body) {

        public static Request get(String path, String token) {
            return new Request("GET", path, token, null, null);
        }

        public static Request post(String path, String token, @Nullable String body) {
            return new Request("POST", path, token, null, body);
        }

        HttpRequest to(String url) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            return (key == null ? request : request.header("Idempotency-Key", key)).build();
        }
    }

    /** What the first instance says that answers, or else the last failure. */
    public Answer send(Request request) {
        Answer answer = new Answer(0, "no instance answered");
        for (Instance instance : inTurn()) {
            answer = send(request, instance);
            if (!answer.isFailure() || answer.status() == 500) {
                return answer;
            }
        }
        return answer;
    }

    /** What this instance says. */
    public Answer send(Request request, Instance instance) {
        try {
            HttpResponse<String> response = http.send(request.to(instance.url()), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            restingUntil.put(instance, System.nanoTime() + REST.toNanos());
            return new Answer(0, instance + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, "interrupted");
        }
    }

    private synchronized List<Instance> inTurn() {
        turn++;
        Instance one = instances.get(turn % instances.size());
        Instance other = instances.get((turn + 1) % instances.size());
        return isResting(one) ? List.of(other, one) : List.of(one, other);
    }

    private boolean isResting(Instance instance) {
        Long until = restingUntil.get(instance);
        return until != null && System.nanoTime() < until;
    }
}
