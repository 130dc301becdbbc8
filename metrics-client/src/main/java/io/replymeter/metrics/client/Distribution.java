package io.replymeter.metrics.client;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * How long a provider's responses took, in ranges that double.
 *
 * @param answerWithin the end of one of the ranges
 * @param ranges from the shortest to the longest, without gaps
 */
public record Distribution(UUID providerId, Duration answerWithin, int responses, List<Range> ranges) {

    /** The responses that took longer than {@code from}, and at most {@code to}. */
    public record Range(Duration from, Duration to, int responses) {}
}
