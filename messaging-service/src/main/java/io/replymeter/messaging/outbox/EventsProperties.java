package io.replymeter.messaging.outbox;

import io.replymeter.events.MessageEventsTopic;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events are sent.
 *
 * @param createTopic whether a missing topic is created, with the contract's partitions and settings
 */
@ConfigurationProperties("replymeter.events")
record EventsProperties(
        @DefaultValue(MessageEventsTopic.NAME) String topic,
        @DefaultValue("true") boolean createTopic) {}
