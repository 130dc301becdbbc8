package io.replymeter.messaging.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events leave.
 *
 * @param batchSize at most so many rows are sent before their acknowledgements are awaited
 * @param pollInterval how soon what another instance accepted is seen
 * @param retryAfter the pause after an error, and between two attempts to own a lane
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
