package io.replymeter.embedded;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A running Kafka broker: one node that is broker and KRaft controller. */
public interface Broker extends AutoCloseable {

    /** Settings of a small broker that starts quickly. Topics have to be created: no client gets one by naming it. */
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
            // The first member of a consumer group does not wait for others; a killed broker may register again soon.
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // A quarter of the session, so that a broker on a busy machine does not fence itself.
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("broker.session.timeout.ms", "2000"));

    /** What clients put into {@code bootstrap.servers}. */
    String bootstrapServers();

    /** Kills the broker, as {@code kill -9} does. Does nothing if it has ended already. */
    void kill();

    /**
     * Starts a killed broker again, at the same address and on the same data, and waits until it accepts connections.
     *
     * @throws ServerDidNotStart when it does not come up
     */
    void restart();

    /** Completes when the process that was started last has ended. */
    CompletableFuture<?> onExit();

    /** Stops the broker if it still runs. */
    @Override
    void close();
}
