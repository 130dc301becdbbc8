package io.replymeter.messaging.outbox;

import io.replymeter.events.MessageEventsTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * The topic that events are sent to. A missing one is created as soon as Kafka answers, also when it was deleted later; an
 * existing one stays as it is. Thread-safe.
 */
final class EventTopic {

    private static final String TIMEOUT_MILLIS = "10000";

    private final EventsProperties properties;
    private final Map<String, Object> admin;
    private volatile @Nullable Uuid id;

    EventTopic(EventsProperties properties, Map<String, Object> admin) {
        this.properties = properties;
        this.admin = new HashMap<>(admin);
        this.admin.put("request.timeout.ms", TIMEOUT_MILLIS);
        this.admin.put("default.api.timeout.ms", TIMEOUT_MILLIS);
    }

    String name() {
        return properties.topic();
    }

    /** Returns once the topic exists. */
    void ensureExists() throws ExecutionException, InterruptedException {
        if (id != null) {
            return;
        }
        try (Admin client = Admin.create(admin)) {
            id = properties.createTopic() ? created(client) : currentId(client);
        }
    }

    /**
     * Asks for it when Kafka takes its time.
     *
     * @throws KafkaException when the topic was deleted, or created anew: a producer that knew the old one may wait for it
     *     without end
     */
    void ensureUnchanged() throws InterruptedException {
        try (Admin client = Admin.create(admin)) {
            if (!currentId(client).equals(id)) {
                throw changed("created anew");
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw changed("deleted");
            }
            // Kafka is away or slow, which the waiting relay knows already.
        }
    }

    private KafkaException changed(String how) {
        id = null;
        return new KafkaException("The topic " + name() + " was " + how);
    }

    private Uuid created(Admin client) throws ExecutionException, InterruptedException {
        try {
            return client.createTopics(List.of(asTheContractSays()))
                    .topicId(name())
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            return currentId(client);
        }
    }

    private Uuid currentId(Admin client) throws ExecutionException, InterruptedException {
        return client.describeTopics(List.of(name()))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .topicId();
    }

    private NewTopic asTheContractSays() {
        return new NewTopic(name(), Optional.of(MessageEventsTopic.PARTITIONS), Optional.empty())
                .configs(MessageEventsTopic.SETTINGS);
    }
}
