package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Service;
import io.replymeter.embedded.Ports;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Fills the outbox of a messaging service that does not reach the broker, then starts one that does, and times how long it
 * takes until all is in the topic.
 */
final class OutboxDrain {

    private static final int ROWS_A_REQUEST = 10_000;
    private static final int MESSAGES_EACH = 8;
    private static final String DATABASE = "outbox";
    private static final String HEADER = "message_id,conversation_id,client_id,provider_id,sender_role,sent_at\n";

    private final BenchmarkServers servers;
    private final Marketplace marketplace;

    OutboxDrain(BenchmarkServers servers, Marketplace marketplace) {
        this.servers = servers;
        this.marketplace = marketplace;
    }

    /** Messages a second, from the first to the last of them in the topic. */
    double measure(int messages) throws Exception {
        String url = servers.newDatabase(DATABASE);
        String nowhere = "localhost:" + Ports.free();
        try (Service filling = messaging(url, nowhere)) {
            fill(filling.ready(), messages);
        }
        long before = marketplace.events();
        try (Service draining = messaging(url, servers.bootstrapServers())) {
            long first = awaitMoreThan(before, draining);
            long begun = System.nanoTime();
            awaitMoreThan(before + messages - 1, draining);
            return (before + messages - first) / ((System.nanoTime() - begun) / 1e9);
        }
    }

    private Service messaging(String url, String bootstrapServers) {
        return Service.messaging(servers, url, Marketplace.TOPIC, marketplace.metrics(), bootstrapServers);
    }

    private long awaitMoreThan(long events, Service service) throws Exception {
        long found = marketplace.events();
        while (found <= events) {
            service.requireAlive();
            Thread.sleep(5);
            found = marketplace.events();
        }
        return found;
    }

    private void fill(Service service, int messages) throws IOException {
        List<String> rows = new ArrayList<>();
        Instant start = Instant.now().minusSeconds(messages + 60L);
        for (int i = 0; i < messages; i++) {
            rows.add(row(i, messages / MESSAGES_EACH, start.plusSeconds(i)));
        }
        try (HttpConnection connection = new HttpConnection(service.port())) {
            for (int from = 0; from < messages; from += ROWS_A_REQUEST) {
                String log = HEADER + String.join("\n", rows.subList(from, Math.min(messages, from + ROWS_A_REQUEST)));
                connection.exchange(HttpConnection.post("/api/v1/imports", marketplace.adminToken(), "text/csv", log));
            }
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
