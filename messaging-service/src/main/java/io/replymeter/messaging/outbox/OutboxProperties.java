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
 * @param takeOverAfter an owner that the database has not heard of for this long loses its shard; no pause of an owner
 *     comes near it, so the pauses above are half of it at most
 * @param stopWithin how long a stop waits for what is being sent
 */
@ConfigurationProperties("replymeter.outbox")
record OutboxProperties(
        @DefaultValue("1000") int batchSize,
        @DefaultValue("100ms") Duration pollInterval,
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue("1m") Duration acknowledgeWithin,
        @DefaultValue("20s") Duration takeOverAfter,
        @DefaultValue("5s") Duration stopWithin) {

    OutboxProperties {
        Duration longestPause = takeOverAfter.dividedBy(2);
        if (pollInterval.compareTo(longestPause) > 0 || retryAfter.compareTo(longestPause) > 0) {
            throw new IllegalArgumentException(
                    "replymeter.outbox.poll-interval and retry-after must be at most half of take-over-after, "
                            + takeOverAfter);
        }
    }
}
