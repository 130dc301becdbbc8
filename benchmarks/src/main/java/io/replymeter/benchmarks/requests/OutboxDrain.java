package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Services;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.Ports;
import io.replymeter.local.api.MessagingApi;
import io.replymeter.local.api.RowsUnreadable;
import io.replymeter.local.stack.ServiceProcess;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fills the outbox of a messaging-service that cannot reach the broker, then starts one that can, and measures how long it
 * takes until everything is in the topic.
 */
final class OutboxDrain {

    private static final int ROWS_A_REQUEST = 10_000;
    private static final int MESSAGES_EACH = 8;
    private static final String HEADER = "message_id,conversation_id,client_id,provider_id,sender_role,sent_at\n";

    private final BenchmarkServers servers;
    private final Marketplace marketplace;

    OutboxDrain(BenchmarkServers servers, Marketplace marketplace) {
        this.servers = servers;
        this.marketplace = marketplace;
    }

    /** Messages a second, from the first to the last of them in the topic. */
    double measure(int messages) throws Exception {
        Database database = servers.newDatabase("outbox");
        String nowhere = "localhost:" + Ports.free();
        try (ServiceProcess filling = messaging(database, nowhere)) {
            filling.awaitReady();
            fill(filling, messages);
        }
        long before = marketplace.events();
        try (ServiceProcess draining = messaging(database, servers.bootstrapServers())) {
            long first = awaitMoreThan(before, draining);
            long begun = System.nanoTime();
            awaitMoreThan(before + messages - 1, draining);
            return (before + messages - first) / ((System.nanoTime() - begun) / 1e9);
        }
    }

    private ServiceProcess messaging(Database database, String bootstrapServers) {
        return Services.messaging(
                servers, database, Marketplace.TOPIC, marketplace.metrics(), bootstrapServers, List.of());
    }

    private long awaitMoreThan(long events, ServiceProcess service) throws Exception {
        long found = marketplace.events();
        while (found <= events) {
            service.requireAlive();
            Thread.sleep(5);
            found = marketplace.events();
        }
        return found;
    }

    private void fill(ServiceProcess service, int messages) throws RowsUnreadable {
        MessagingApi api = new MessagingApi(Services.url(service), servers.token("admin", "admin"));
        Instant start = Instant.now().minusSeconds(messages + 60L);
        for (int from = 0; from < messages; from += ROWS_A_REQUEST) {
            String rows = IntStream.range(from, Math.min(messages, from + ROWS_A_REQUEST))
                    .mapToObj(number -> row(number, messages / MESSAGES_EACH, start.plusSeconds(number)))
                    .collect(Collectors.joining("\n"));
            api.importRows(HEADER + rows, from + 2L);
        }
    }

    /** Conversations take turns, so that their messages lie far apart. */
    private static String row(int number, int conversations, Instant sentAt) {
        int conversation = number % conversations;
        return String.join(
                ",",
                new UUID(1, number).toString(),
                new UUID(2, conversation).toString(),
                new UUID(3, conversation).toString(),
                new UUID(4, conversation % 1_000).toString(),
                number / conversations % 2 == 0 ? "CLIENT" : "PROVIDER",
                sentAt.toString());
    }
}
