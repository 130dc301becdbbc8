package io.replymeter.benchmarks.result;

import java.util.UUID;

/**
 * What a provider's inquiries that opened on a UTC day add up to, or what one event changes in these sums.
 *
 * @param day as days since 1970-01-01
 * @param responseMicros the sum of the response times, in microseconds
 */
public record ProviderDay(
        UUID providerId, int day, long inquiries, long answered, long answeredLate, long responseMicros) {

    /** @param other of the same provider and day */
    ProviderDay plus(ProviderDay other) {
        return new ProviderDay(
                providerId,
                day,
                inquiries + other.inquiries,
                answered + other.answered,
                answeredLate + other.answeredLate,
                responseMicros + other.responseMicros);
    }
}
