package io.replymeter.local.stack;

import io.replymeter.embedded.Broker;
import io.replymeter.embedded.DatabaseServer;
import io.replymeter.embedded.ServerProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** PostgreSQL and Kafka on one data folder, started at the same time. Thread-safe. */
public final class Servers implements AutoCloseable {

    private final CompletableFuture<DatabaseServer> postgresql;
    private final CompletableFuture<Broker> kafka;

    /** Starts both without waiting. The first use of each waits until it has started. */
    public Servers(DataFolder folder, StackSettings settings) {
        StackPorts ports = settings.ports();
        ServerProvider provider = settings.servers();
        kafka = started(() -> provider.startKafka(folder.serverData().kafka(), ports.kafka(), folder.log("kafka")));
        postgresql = started(() -> provider.startPostgresql(
                folder.serverData().postgresql(),
                ports.postgresql(),
                settings.postgresqlSettings(),
                folder.log("postgresql")));
    }

    /** @throws io.replymeter.embedded.ServerDidNotStart when it does not start */
    public DatabaseServer postgresql() {
        return awaited(postgresql);
    }

    /** @throws io.replymeter.embedded.ServerDidNotStart when it does not start */
    public Broker kafka() {
        return awaited(kafka);
    }

    /** Stops Kafka, then PostgreSQL. A server that is still starting is stopped as soon as it has started. */
    @Override
    public void close() {
        try {
            close(kafka);
        } finally {
            close(postgresql);
        }
    }

    private static <T> CompletableFuture<T> started(Supplier<T> start) {
        return CompletableFuture.supplyAsync(start, task -> new Thread(task, "start").start());
    }

    private static <T> T awaited(CompletableFuture<T> started) {
        try {
            return started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** A server that did not start has nothing to stop. */
    private static void close(CompletableFuture<? extends AutoCloseable> server) {
        server.handle((running, failure) -> "over").join();
        if (server.isCompletedExceptionally()) {
            return;
        }
        try {
            server.join().close();
        } catch (Exception e) {
            throw new IllegalStateException("Could not stop a server", e);
        }
    }
}
