package io.replymeter.benchmarks.result;

import java.util.UUID;

/**
 * What a provider's inquiries that opened on a UTC day add up to.
 *
 * @param day as days since 1970-01-01
 */
public record DailyResult(
        UUID providerId, int day, long inquiries, long answered, long answeredLate, long responseMicros) {}
