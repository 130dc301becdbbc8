package io.replymeter.faults;

import io.replymeter.faults.Wait.StillStands;
import io.replymeter.faults.load.Answer;
import io.replymeter.faults.load.Balancer;
import io.replymeter.faults.load.Balancer.Request;
import io.replymeter.faults.stack.Cluster;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An operator who always has a rebuild under way: between two faults it gets a step further, so that faults meet all states. */
final class Rebuilds {

    private static final String PATH = "/ops/v1/rebuilds";
    private static final Set<String> SETTLED = Set.of("ACTIVE", "DROPPED", "CANCELLED");
    private static final String ALL_AT_ONCE = "{\"acceptTruncatedHistory\":true}";
    private static final String START = "{\"acceptTruncatedHistory\":true,\"throttle\":%d}";

    private final Balancer http;
    private final String token;
    private final Random random;

    Rebuilds(Cluster cluster, long seed) {
        this.http = new Balancer(cluster.metrics());
        this.token = cluster.token("operator", "metrics:ops");
        this.random = new Random(seed);
    }

    /** Does what can be done, and says in which state the generation beside the live one is now. */
    String step() {
        JsonNode other = beside();
        if (other == null) {
            ask("POST", "", START.formatted(20 + random.nextInt(100)));
        } else {
            String path = "/" + other.path("generation").asInt();
            switch (other.path("state").asString()) {
                case "READY" -> ask("POST", path + "/switch", "{}");
                case "RETIRED" -> ask("POST", random.nextBoolean() ? path + "/drop" : live() + "/rollback", null);
                case "PAUSED" -> ask("POST", path + "/resume", null);
                case "FAILED" -> ask("POST", path + "/cancel", null);
                default -> interfere(path);
            }
        }
        return state();
    }

    private void interfere(String path) {
        switch (random.nextInt(10)) {
            case 0 -> ask("POST", path + "/pause", null);
            case 1 -> ask("POST", path + "/cancel", null);
            default -> {
                // It goes on by itself.
            }
        }
    }

    /**
     * What an operator does whose topic has lost records: gives up what is under way, rebuilds from what is left, and
     * switches, even if rows differ.
     */
    void renew() throws StillStands, InterruptedException {
        Wait.until("a generation cannot be given up", this::nothingIsBeside);
        Wait.until("the rebuild does not get ready", this::ready);
        Wait.until("the rebuild cannot be switched to", this::switched);
        Wait.until("the previous generation cannot be dropped", this::nothingIsBeside);
    }

    private boolean nothingIsBeside() {
        JsonNode other = beside();
        if (other == null) {
            return !live().isEmpty();
        }
        String request = other.path("state").asString().equals("RETIRED") ? "/drop" : "/cancel";
        ask("POST", "/" + other.path("generation").asInt() + request, null);
        return false;
    }

    private boolean ready() {
        if (beside() == null && !live().isEmpty()) {
            ask("POST", "", ALL_AT_ONCE);
        }
        return state().equals("READY");
    }

    private boolean switched() {
        JsonNode other = beside();
        if (other != null && other.path("state").asString().equals("READY")) {
            ask("POST", "/" + other.path("generation").asInt() + "/switch", "{\"acceptDifferences\":true}");
        }
        return state().equals("RETIRED");
    }

    /** In which state the generation beside the live one is; none if there is no such generation. */
    String state() {
        JsonNode other = beside();
        return other == null ? "none" : other.path("state").asString();
    }

    /** Nothing is throttled any more, so that all that is fed reads to the end of the topic. */
    void hurry() {
        JsonNode other = beside();
        if (other != null) {
            ask("PATCH", "/" + other.path("generation").asInt(), "{\"throttle\":null}");
        }
    }

    private @Nullable JsonNode beside() {
        return first(state -> !SETTLED.contains(state));
    }

    private String live() {
        JsonNode live = first("ACTIVE"::equals);
        return live == null ? "" : "/" + live.path("generation").asInt();
    }

    private @Nullable JsonNode first(Predicate<String> state) {
        Answer answer = ask("GET", "", null);
        if (answer.status() != 200) {
            return null;
        }
        for (JsonNode rebuild : answer.json().path("rebuilds")) {
            if (state.test(rebuild.path("state").asString())) {
                return rebuild;
            }
        }
        return null;
    }

    private Answer ask(String method, String path, @Nullable String body) {
        return http.send(new Request(method, PATH + path, token, null, body));
    }
}
