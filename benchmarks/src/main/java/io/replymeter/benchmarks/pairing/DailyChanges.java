package io.replymeter.benchmarks.pairing;

import java.util.UUID;

/** Takes what an event changes in the sums of a provider's UTC day. */
public interface DailyChanges {

    /** @param day as days since 1970-01-01, on which the inquiry opened */
    void add(UUID providerId, int day, long inquiries, long answered, long answeredLate, long responseMicros);
}
