package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.load.HttpConnection;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Services;
import io.replymeter.embedded.Database;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.local.api.MessagingApi;
import io.replymeter.local.api.NewMessage;
import io.replymeter.local.api.NewUser;
import io.replymeter.local.stack.ServiceProcess;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Both services on empty databases and an empty topic with the contract's settings, and people who write. */
final class Marketplace implements AutoCloseable {

    static final String TOPIC = "marketplace";

    private static final int CORRESPONDENCES = 2_000;
    private static final int CLIENTS_A_PROVIDER = 10;

    private final BenchmarkServers servers;
    private final ServiceProcess metrics;
    private final Database database;
    private final List<String> jvmOptions;
    private final MessagingApi api;
    private ServiceProcess messaging;

    private Marketplace(BenchmarkServers servers, ServiceProcess metrics, Database database, List<String> jvmOptions) {
        this.servers = servers;
        this.metrics = metrics;
        this.database = database;
        this.jvmOptions = jvmOptions;
        this.messaging = startMessaging();
        this.api = new MessagingApi(Services.url(messaging), servers.token("admin", "admin"));
    }

    /** @param times for the JVMs' options */
    static Marketplace start(BenchmarkServers servers, LoadTimes times)
            throws ExecutionException, InterruptedException {
        servers.createTopic(TOPIC, MessageEventsTopic.SETTINGS);
        List<String> limit = times.memoryLimit();
        ServiceProcess metrics = Services.metrics(servers, servers.newDatabase("metrics"), TOPIC, limit, List.of());
        metrics.awaitReady();
        List<String> jvmOptions =
                Stream.concat(times.jvmOptions.stream(), limit.stream()).toList();
        return new Marketplace(servers, metrics, servers.newDatabase("messaging"), jvmOptions);
    }

    private ServiceProcess startMessaging() {
        ServiceProcess started =
                Services.messaging(servers, database, TOPIC, metrics, servers.bootstrapServers(), jvmOptions);
        started.awaitReady();
        return started;
    }

    /** Stops messaging-service and starts it anew, on another port, with the same data. Nobody can be added after it. */
    void restartMessaging() {
        messaging.close();
        messaging = startMessaging();
    }

    ServiceProcess metrics() {
        return metrics;
    }

    ServiceProcess messaging() {
        return messaging;
    }

    /** Somebody who writes messages. */
    record Person(UUID id, String token) {

        /** The request that sends {@code recipient} a message. */
        byte[] writesTo(Person recipient) {
            String text = "What they say, some eighty characters of it, as people on a marketplace do.";
            String json = JsonMapper.shared().writeValueAsString(new NewMessage(recipient.id, text, "HUMAN"));
            return HttpConnection.post("/api/v1/messages", token, json);
        }
    }

    /** A client and a provider who write to each other. */
    record Correspondence(Person client, Person provider) {

        /** The request of one of them. */
        byte[] message() {
            return ThreadLocalRandom.current().nextBoolean() ? client.writesTo(provider) : provider.writesTo(client);
        }
    }

    /** People who have not written yet, each provider with several clients. */
    List<Correspondence> correspondences() {
        return correspondences(CORRESPONDENCES / CLIENTS_A_PROVIDER, CLIENTS_A_PROVIDER);
    }

    /** People who have not written yet. */
    List<Correspondence> correspondences(int providers, int clientsEach) {
        return IntStream.range(0, providers)
                .parallel()
                .mapToObj(i -> person(NewUser.Role.PROVIDER))
                .flatMap(provider -> Stream.generate(() -> new Correspondence(person(NewUser.Role.CLIENT), provider))
                        .limit(clientsEach))
                .toList();
    }

    private Person person(NewUser.Role role) {
        UUID id = UUID.randomUUID();
        api.create(new NewUser(id, role, "Somebody"));
        return new Person(id, servers.token(id.toString()));
    }

    /** How many events the topic holds. */
    long events() throws ExecutionException, InterruptedException {
        return servers.records(TOPIC);
    }

    @Override
    public void close() {
        messaging.close();
        metrics.close();
    }
}
