package io.replymeter.local.e2e;

import static java.util.stream.Collectors.joining;

import io.replymeter.embedded.Broker;
import io.replymeter.embedded.KafkaServer;
import io.replymeter.embedded.Ports;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A cluster of three nodes that are broker and controller. A record is on two of them before it is acknowledged. */
final class ThreeBrokers implements Broker {

    private static final Map<String, String> REPLICATED = Map.of(
            "default.replication.factor", "3",
            "min.insync.replicas", "2",
            "offsets.topic.replication.factor", "3",
            "transaction.state.log.replication.factor", "3",
            "transaction.state.log.min.isr", "2");

    private final List<KafkaServer> nodes;

    /** @param port of the first node */
    ThreeBrokers(Path folder, int port, Path log) {
        List<Integer> ports = List.of(port, Ports.free(), Ports.free());
        List<Integer> controllers = List.of(Ports.free(), Ports.free(), Ports.free());
        String voters = numbers()
                .mapToObj(i -> i + 1 + "@localhost:" + controllers.get(i))
                .collect(joining(","));
        List<CompletableFuture<KafkaServer>> starting = numbers()
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> KafkaServer.start(
                                folder.resolve("node-" + i),
                                ports.get(i),
                                log.resolveSibling("kafka-" + i + ".log"),
                                settings(i, voters, ports.get(i), controllers.get(i))),
                        task -> new Thread(task).start()))
                .toList();
        nodes = starting.stream().map(CompletableFuture::join).toList();
    }

    private static IntStream numbers() {
        return IntStream.range(0, 3);
    }

    private static Map<String, String> settings(int number, String voters, int port, int controller) {
        Map<String, String> settings = new HashMap<>(REPLICATED);
        settings.put("node.id", Integer.toString(number + 1));
        settings.put("controller.quorum.voters", voters);
        settings.put("listeners", "CLIENT://localhost:" + port + ",CONTROLLER://localhost:" + controller);
        return settings;
    }

    KafkaServer node(int number) {
        return nodes.get(number);
    }

    @Override
    public String bootstrapServers() {
        return nodes.stream().map(KafkaServer::bootstrapServers).collect(joining(","));
    }

    @Override
    public void kill() {
        nodes.forEach(KafkaServer::kill);
    }

    @Override
    public void restart() {
        atOnce(KafkaServer::restart);
    }

    /** None waits for the others: each needs one of them to stop in order. */
    @Override
    public void close() {
        atOnce(KafkaServer::close);
    }

    private void atOnce(Consumer<KafkaServer> act) {
        CompletableFuture.allOf(nodes.stream()
                        .map(node ->
                                CompletableFuture.runAsync(() -> act.accept(node), task -> new Thread(task).start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    public CompletableFuture<?> onExit() {
        return CompletableFuture.anyOf(nodes.stream().map(KafkaServer::onExit).toArray(CompletableFuture[]::new));
    }
}
