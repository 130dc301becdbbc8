package io.replymeter.messaging.outbox;

import io.replymeter.events.MessageEventsTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topic that events are sent to. A missing one is created as soon as Kafka answers; an existing one stays as it is. */
final class EventTopic {

    private static final String TIMEOUT_MILLIS = "10000";

    private final EventsProperties properties;
    private final Map<String, Object> admin;
    private boolean exists;

    EventTopic(EventsProperties properties, Map<String, Object> admin) {
        this.properties = properties;
        this.admin = new HashMap<>(admin);
        this.admin.put("request.timeout.ms", TIMEOUT_MILLIS);
        this.admin.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        this.exists = !properties.createTopic();
    }

    String name() {
        return properties.topic();
    }

    /** Returns once the topic exists. */
    synchronized void ensureExists() throws ExecutionException, InterruptedException {
        if (exists) {
            return;
        }
        try (Admin client = Admin.create(admin)) {
            client.createTopics(List.of(asTheContractSays())).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        exists = true;
    }

    private NewTopic asTheContractSays() {
        return new NewTopic(properties.topic(), Optional.of(MessageEventsTopic.PARTITIONS), Optional.empty())
                .configs(MessageEventsTopic.SETTINGS);
    }
}
