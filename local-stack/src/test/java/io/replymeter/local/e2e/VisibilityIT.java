package io.replymeter.local.e2e;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An answer is on the profile within 5 seconds; how soon exactly is measured by {@code benchmarks/run visibility}. */
class VisibilityIT {

    private static final int ANSWERS = 10;

    @Test
    void anAnswerIsVisibleWithinFiveSeconds() {
        Person provider = Person.provider();
        new History().threeAnswered(Person.client(), provider, ofMinutes(10)).happened();
        awaitSampleSize(provider, 3, ofSeconds(20));

        for (int i = 1; i <= ANSWERS; i++) {
            Person client = Person.client();
            client.writesTo(provider);
            provider.writesTo(client);
            awaitSampleSize(provider, 3 + i, ofSeconds(5));
        }
    }

    private static void awaitSampleSize(Person provider, int expected, Duration timeout) {
        await().atMost(timeout)
                .pollDelay(Duration.ZERO)
                .pollInterval(ofMillis(20))
                .until(() -> provider.seesMetricsOf(provider).path("sampleSize").asInt() == expected);
    }
}
