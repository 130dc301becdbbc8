package io.replymeter.faults;

import static io.replymeter.faults.Fault.lasting;
import static io.replymeter.faults.Fault.momentary;
import static java.util.stream.Collectors.toMap;

import io.replymeter.faults.Fault.Mending;
import io.replymeter.faults.check.SnapshotReader;
import io.replymeter.faults.load.Load;
import io.replymeter.faults.stack.Cluster;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * What an administrator may do to the topic while all run. What is removed then was all in the topic before, which the
 * verifier remembers; the operator rebuilds from what is left, as health asks for.
 */
final class TopicFaults {

    private static final String PARTITIONS_DIFFER = "partitions, the contract asks for";
    private static final String RECREATED = "the topic was recreated";
    private static final String REMOVED = "were removed before they were read";

    private final Cluster cluster;
    private final String topic;
    private final Load load;
    private final SnapshotReader reader;
    private final Rebuilds rebuilds;
    private final Health health;

    TopicFaults(Cluster cluster, String topic, Load load, SnapshotReader reader, Rebuilds rebuilds) {
        this.cluster = cluster;
        this.topic = topic;
        this.load = load;
        this.reader = reader;
        this.rebuilds = rebuilds;
        this.health = new Health(cluster, load.callers());
    }

    private interface Change {
        void make(Admin admin) throws Exception;
    }

    List<Fault> all() {
        return List.of(
                momentary("the topic gets one more partition", random -> partitionAdded()),
                momentary("the topic is deleted", random -> deleted()),
                lasting("records are removed before they are read", 8, 15, random -> removedUnread()));
    }

    private Mending partitionAdded() throws Exception {
        change(admin -> {
            NewPartitions more = NewPartitions.increaseTo(reader.ends().size() + 1);
            admin.createPartitions(Map.of(topic, more)).all().get();
        });
        return () -> health.awaitSaid(PARTITIONS_DIFFER);
    }

    /** messaging-service creates it anew as soon as it has something to send. */
    private Mending deleted() throws Exception {
        remove(admin -> admin.deleteTopics(List.of(topic)).all().get());
        long facts = reader.factsOfLive();
        return () -> {
            health.awaitDown(RECREATED);
            requireUnchanged(facts);
            rebuilds.renew();
        };
    }

    private void requireUnchanged(long facts) throws Exception {
        if (reader.factsOfLive() < facts) {
            throw new IllegalStateException("The live generation lost facts with the topic");
        }
    }

    /** Nobody can apply anything meanwhile. */
    private Mending removedUnread() throws Exception {
        AutoCloseable lock = cluster.lock("metrics", "conversation, inquiry");
        return () -> {
            remove(admin -> admin.deleteRecords(reader.ends().entrySet().stream()
                            .collect(toMap(
                                    end -> new TopicPartition(topic, end.getKey()),
                                    end -> RecordsToDelete.beforeOffset(end.getValue()))))
                    .all()
                    .get());
            lock.close();
            health.awaitDown(REMOVED);
            rebuilds.renew();
        };
    }

    private void remove(Change removal) throws Exception {
        load.whilePaused(() -> {
            Wait.until("events wait in the outbox", () -> reader.haveBeenSent(Instant.MAX));
            reader.remember();
            change(removal);
            return true;
        });
    }

    private void change(Change change) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", cluster.kafka().bootstrapServers()))) {
            change.make(admin);
        }
    }
}
