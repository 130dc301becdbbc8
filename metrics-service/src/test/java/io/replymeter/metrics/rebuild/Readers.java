package io.replymeter.metrics.rebuild;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import com.jayway.jsonpath.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Ask for metrics all the time, and keep what was wrong with an answer. */
final class Readers {

    private final MockMvc http;
    private final UUID steady;
    private final List<UUID> busy;
    private final Map<String, Double> expectedRates;

    private final AtomicInteger answers = new AtomicInteger();
    private final Set<Integer> generations = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean stopped;

    /**
     * @param steady a provider to whom nothing happens
     * @param expectedRates the response rate of that one, by the rules' answerWithin
     */
    Readers(MockMvc http, UUID steady, List<UUID> busy, Map<String, Double> expectedRates) {
        this.http = http;
        this.steady = steady;
        this.busy = busy;
        this.expectedRates = expectedRates;
    }

    void start() {
        Stream.<Runnable>of(this::readOne, this::readMany).forEach(read -> {
            Thread thread = new Thread(() -> run(read), "reader");
            thread.start();
            threads.add(thread);
        });
    }

    private void run(Runnable read) {
        while (!stopped) {
            try {
                read.run();
                answers.incrementAndGet();
            } catch (RuntimeException | AssertionError e) {
                failures.add(e.toString());
            }
        }
    }

    private void readOne() {
        String answer = body(get("/api/v1/providers/{id}/response-metrics", steady));
        Double expected = expectedRates.get(JsonPath.<String>read(answer, "$.ruleset.answerWithin"));
        Double rate = JsonPath.read(answer, "$.responseRatePercent");
        generations.add(JsonPath.read(answer, "$.ruleset.generation"));
        if (!rate.equals(expected)) {
            throw new AssertionError("rules and numbers are not of one generation: " + answer);
        }
    }

    private void readMany() {
        MockHttpServletRequestBuilder request = get("/api/v1/response-metrics");
        busy.forEach(provider -> request.queryParam("providerId", provider.toString()));
        String answer = body(request);
        List<Integer> generations = JsonPath.read(answer, "$.metrics[*].ruleset.generation");
        if (generations.size() != busy.size() || generations.stream().distinct().count() != 1) {
            throw new AssertionError("generations are mixed: " + generations);
        }
    }

    // MockMvc declares Exception.
    @SuppressWarnings("CatchingUnchecked")
    private String body(MockHttpServletRequestBuilder request) {
        try {
            var response = http.perform(
                            request.with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_metrics:read"))))
                    .andReturn()
                    .getResponse();
            if (response.getStatus() != 200) {
                throw new AssertionError("status " + response.getStatus() + ": " + response.getContentAsString());
            }
            return response.getContentAsString();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** How many answers were right so far. */
    int answers() {
        return answers.get();
    }

    /** The generations that answered so far. */
    Set<Integer> generations() {
        return generations;
    }

    /** What was wrong, in words. */
    List<String> stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(failures);
    }
}
