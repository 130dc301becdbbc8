package io.replymeter.web;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a request may cost before it is understood.
 *
 * @param maxBody how large a body may be
 * @param larger paths whose bodies may be larger, and how large
 * @param bodyWithin how long a body of up to {@code maxBody} may take to arrive; a larger one as often as that fits in it
 */
@ConfigurationProperties("replymeter.requests")
record RequestLimits(
        @DefaultValue("64KB") DataSize maxBody,
        @DefaultValue Map<String, DataSize> larger,
        @DefaultValue("15s") Duration bodyWithin) {

    long maxBytes(String path) {
        return larger.getOrDefault(path, maxBody).toBytes();
    }

    /** Whether a body of which {@code bytes} have come after {@code nanos} is slower than it may be. */
    boolean isTooSlow(long bytes, long nanos) {
        return nanos / bodyWithin.toNanos() > bytes / Math.max(1, maxBody.toBytes());
    }
}
