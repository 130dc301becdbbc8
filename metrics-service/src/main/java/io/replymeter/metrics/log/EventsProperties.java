package io.replymeter.metrics.log;

import io.replymeter.events.MessageEventsTopic;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the events come from. */
@ConfigurationProperties("replymeter.events")
public record EventsProperties(
        @DefaultValue(MessageEventsTopic.NAME) String topic) {}
