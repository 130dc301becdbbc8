package io.replymeter.embedded;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A Kafka broker (KRaft, combined mode) that its owner started. */
public interface Broker extends AutoCloseable {

    /** Settings of a small broker that is soon ready, wherever it runs; topics are created by who owns them. */
    Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("num.partitions", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            // A consumer group's first member need not wait for others, and a killed broker is taken back soon.
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("broker.session.timeout.ms", "2000"));

    /** What clients put into {@code bootstrap.servers}. */
    String bootstrapServers();

    /** Ends the broker as {@code kill -9} does, unless it has ended. */
    void kill();

    /**
     * Starts the broker, which was killed, again at the same address and on the same data, and waits until it is ready.
     *
     * @throws ServerDidNotStart when it does not come up
     */
    void restart();

    /** Completes when the broker, as last started, has ended. */
    CompletableFuture<?> onExit();

    /** Stops the broker, if it still runs. */
    @Override
    void close();
}
