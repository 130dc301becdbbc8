package io.replymeter.messaging.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are sent.
 *
 * @param batchSize how many rows are sent before waiting for their acknowledgements
 * @param pollInterval how soon messages that another instance accepted are seen
 * @param retryAfter the pause after an error, and between two attempts to own a shard
 * @param acknowledgeWithin a batch that Kafka has not acknowledged by then is sent again from its beginning
 * @param stopWithin how long a stop waits for what is being sent
 */
@ConfigurationProperties("replymeter.outbox")
record OutboxProperties(
        @DefaultValue("1000") int batchSize,
        @DefaultValue("100ms") Duration pollInterval,
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue("1m") Duration acknowledgeWithin,
        @DefaultValue("5s") Duration stopWithin) {}
