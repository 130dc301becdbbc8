package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Service;
import io.replymeter.benchmarks.servers.Tokens;
import io.replymeter.events.MessageEventsTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Both services on empty databases and an empty topic with the contract's settings, and people who write. */
final class Marketplace implements AutoCloseable {

    static final String TOPIC = "marketplace";

    private static final int CALLERS = 8;

    private final TopicEnd end;
    private final Tokens tokens;
    private final Service metrics;
    private final Service messaging;

    private Marketplace(BenchmarkServers servers, Service metrics, Service messaging) {
        this.end = new TopicEnd(servers.bootstrapServers(), TOPIC);
        this.tokens = new Tokens(servers);
        this.metrics = metrics;
        this.messaging = messaging;
    }

    static Marketplace start(BenchmarkServers servers) throws ExecutionException, InterruptedException {
        createTopic(servers);
        Service metrics = Service.metrics(servers, servers.newDatabase("metrics"), TOPIC, List.of(), List.of())
                .ready();
        Service messaging = Service.messaging(
                        servers, servers.newDatabase("messaging"), TOPIC, metrics, servers.bootstrapServers())
                .ready();
        return new Marketplace(servers, metrics, messaging);
    }

    private static void createTopic(BenchmarkServers servers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrapServers()))) {
            if (admin.listTopics().names().get().contains(TOPIC)) {
                admin.deleteTopics(List.of(TOPIC)).all().get();
            }
            NewTopic topic =
                    new NewTopic(TOPIC, MessageEventsTopic.PARTITIONS, (short) 1).configs(MessageEventsTopic.SETTINGS);
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    Service metrics() {
        return metrics;
    }

    Service messaging() {
        return messaging;
    }

    /** A token for the metrics API. */
    String metricsToken() {
        return tokens.token("benchmark", "metrics:read");
    }

    String adminToken() {
        return tokens.token("admin", "admin");
    }

    /** Somebody who writes messages. */
    record Person(UUID id, String token) {

        /** The request that sends {@code recipient} a message. */
        byte[] writesTo(Person recipient) {
            return HttpConnection.post(
                    "/api/v1/messages",
                    token,
                    "application/json",
                    "{\"recipientId\":\"" + recipient.id + "\",\"body\":\"What they say, some eighty characters of it,"
                            + " as people on a marketplace do.\"}");
        }
    }

    /** A client and a provider who write to each other. */
    record Pair(Person client, Person provider) {

        /** The request of one of them. */
        byte[] message() {
            return ThreadLocalRandom.current().nextBoolean() ? client.writesTo(provider) : provider.writesTo(client);
        }
    }

    /** People who have not written yet; {@code clientsEach} clients share a provider. */
    List<Pair> pairs(int count, int clientsEach) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<List<Pair>>> calls = new ArrayList<>();
            for (int i = 0; i < count; i += clientsEach) {
                calls.add(() -> pairsOfOneProvider(clientsEach));
            }
            List<Pair> pairs = new ArrayList<>();
            for (Future<List<Pair>> its : threads.invokeAll(calls)) {
                pairs.addAll(its.get());
            }
            return pairs;
        } finally {
            threads.shutdown();
        }
    }

    private List<Pair> pairsOfOneProvider(int clients) throws Exception {
        List<Pair> pairs = new ArrayList<>();
        try (HttpConnection connection = new HttpConnection(messaging.port())) {
            Person provider = person(connection, "PROVIDER");
            for (int i = 0; i < clients; i++) {
                pairs.add(new Pair(person(connection, "CLIENT"), provider));
            }
        }
        return pairs;
    }

    private Person person(HttpConnection connection, String role) throws Exception {
        UUID id = UUID.randomUUID();
        connection.exchange(HttpConnection.post(
                "/api/v1/users",
                adminToken(),
                "application/json",
                "{\"id\":\"" + id + "\",\"role\":\"" + role + "\",\"displayName\":\"Somebody\"}"));
        return new Person(id, tokens.token(id.toString()));
    }

    /** How many events the topic holds. */
    long events() throws ExecutionException, InterruptedException {
        return end.now();
    }

    @Override
    public void close() {
        end.close();
        messaging.close();
        metrics.close();
    }
}
