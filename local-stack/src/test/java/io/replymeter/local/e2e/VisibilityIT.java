package io.replymeter.local.e2e;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How soon answers are on the profile. {@code benchmarks/run visibility} measures it exactly. */
class VisibilityIT {

    private static final int ANSWERS = 10;

    /** A busy machine delays some answers, but not all of them. */
    @Test
    void anAnswerCanBeVisibleWithinFiveSeconds() {
        Person provider = Person.provider();
        new History().threeAnswered(Person.client(), provider, ofMinutes(10)).happened();
        awaitSampleSize(provider, 3);

        List<Duration> delays = new ArrayList<>();
        for (int i = 1; i <= ANSWERS; i++) {
            Person client = Person.client();
            client.writesTo(provider);
            provider.writesTo(client);
            long answered = System.nanoTime();
            awaitSampleSize(provider, 3 + i);
            delays.add(Duration.ofNanos(System.nanoTime() - answered));
        }

        assertThat(Collections.min(delays)).isLessThan(ofSeconds(5));
    }

    private static void awaitSampleSize(Person provider, int expected) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(ofMillis(20))
                .until(() -> provider.seesMetricsOf(provider).path("sampleSize").asInt() == expected);
    }
}
