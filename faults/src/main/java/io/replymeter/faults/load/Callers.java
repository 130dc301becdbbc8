package io.replymeter.faults.load;

import static java.util.Objects.requireNonNull;

import io.replymeter.faults.load.Balancer.Request;
import io.replymeter.faults.load.Journal.Post;
import io.replymeter.faults.stack.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients and providers who ask, answer, repeat and delete, over the balancer. Thread-safe. */
public final class Callers {

    private static final int CLIENTS = 60;
    private static final int PROVIDERS = 6;
    /** Between two acts of one caller: the load is steady, and a caller whose request failed does not flood the services. */
    private static final long PAUSE_MILLIS = 250;

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private record Person(UUID id, String role, String token) {}

    private final Balancer balancer;
    private final Journal journal;
    private final List<Person> clients;
    private final List<Person> providers;

    public Callers(Cluster cluster, Journal journal) {
        this.balancer = new Balancer(cluster.messaging());
        this.journal = journal;
        this.clients = people(cluster, "CLIENT", CLIENTS);
        this.providers = people(cluster, "PROVIDER", PROVIDERS);
    }

    private List<Person> people(Cluster cluster, String role, int number) {
        String admin = cluster.token("admin", "admin");
        return Stream.generate(UUID::randomUUID)
                .limit(number)
                .map(id -> {
                    String body = json(Map.of("id", id, "role", role, "displayName", "Somebody"));
                    if (balancer.send(Request.post("/api/v1/users", admin, body))
                            .isFailure()) {
                        throw new IllegalStateException("No users could be added");
                    }
                    return new Person(id, role, cluster.token(id.toString()));
                })
                .toList();
    }

    public List<UUID> providerIds() {
        return providers.stream().map(Person::id).toList();
    }

    /** A client looks at each provider's profile. */
    public List<Request> profiles() {
        String token = clients.get(0).token();
        return providerIds().stream()
                .map(id -> Request.get("/api/v1/providers/" + id + "/profile", token))
                .toList();
    }

    /** Acts until {@code isOver}; a request that failed is repeated, with the same key, until it succeeds. */
    void run(Random random, Load.Turns turns, BooleanSupplier isOver) throws InterruptedException {
        while (!isOver.getAsBoolean()) {
            turns.take(() -> act(random));
            Thread.sleep(PAUSE_MILLIS); // The load's rate: nothing is awaited.
        }
    }

    private void act(Random random) throws InterruptedException {
        Person client = clients.get(random.nextInt(clients.size()));
        Person provider = providers.get(random.nextInt(providers.size()));
        int what = random.nextInt(100);
        if (what < 60) {
            post(client, provider, what < 8);
        } else if (what < 92) {
            post(provider, client, what > 87);
        } else {
            delete(client, provider, what < 97);
        }
    }

    /** A client's message in each of as many conversations, which lie in nearly all partitions and shards. */
    public void postToAll(int number) throws InterruptedException {
        for (int i = 0; i < number; i++) {
            post(clients.get(i % clients.size()), providers.get(i % providers.size()), false);
        }
    }

    private void post(Person sender, Person recipient, boolean twice) throws InterruptedException {
        String body = json(Map.of("recipientId", recipient.id(), "body", "What they say."));
        Request request = new Request(
                "POST", "/api/v1/messages", sender.token(), UUID.randomUUID().toString(), body);
        Post post = post(request, sender);
        journal.acknowledged(post);
        if (twice) {
            journal.repeated(post, post(request, sender));
        }
    }

    private Post post(Request request, Person sender) throws InterruptedException {
        JsonNode message = requireNonNull(untilAnswered(request, 201)).json();
        return new Post(
                id(message, "messageId"),
                id(message, "conversationId"),
                id(message, "senderId"),
                id(message, "recipientId"),
                sender.role(),
                Instant.parse(message.path("sentAt").asString()),
                message.path("sequence").asLong());
    }

    private static UUID id(JsonNode message, String field) {
        return UUID.fromString(message.path(field).asString());
    }

    /** One of the pair's messages, or all of their conversation. */
    private void delete(Person client, Person provider, boolean onlyOne) throws InterruptedException {
        List<Post> posts = new ArrayList<>(journal.posts().values().stream()
                .filter(post -> post.senderId().equals(client.id())
                        && post.recipientId().equals(provider.id()))
                .toList());
        if (!posts.isEmpty()) {
            Post post = posts.get(posts.size() - 1);
            String path =
                    onlyOne ? "/api/v1/messages/" + post.messageId() : "/api/v1/conversations/" + post.conversationId();
            untilAnswered(new Request("DELETE", path, client.token(), null, null), 204);
        }
    }

    /** @return null if the answer is another one, as for what was deleted before */
    private @Nullable Answer untilAnswered(Request request, int expected) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Answer answer = balancer.send(request);
            if (answer.status() == expected) {
                return answer;
            }
            if (!answer.isFailure() && expected != 201) {
                return null;
            }
            if (!answer.isFailure() || System.nanoTime() > deadline) {
                throw new IllegalStateException("No post is accepted: " + answer);
            }
            journal.failed();
            Thread.sleep(PAUSE_MILLIS); // As a client waits before it tries again.
        }
    }

    private static String json(Object value) {
        return new JsonMapper().writeValueAsString(value);
    }
}
