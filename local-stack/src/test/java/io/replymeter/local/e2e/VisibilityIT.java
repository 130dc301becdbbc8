package io.replymeter.local.e2e;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long it takes from the answer to a POST until the profile shows what it changes. */
class VisibilityIT {

    /** More of them with {@code -Dreplymeter.visibility.measurements=200}. */
    private static final int MEASUREMENTS = Integer.getInteger("replymeter.visibility.measurements", 30);

    @Test
    void anAnswerIsVisibleWithinFiveSeconds() {
        Person provider = Person.provider();
        new History().threeAnswered(Person.client(), provider, ofMinutes(10)).happened();
        awaitSampleSize(provider, 3, ofSeconds(10));

        List<Duration> times = new ArrayList<>();
        for (int i = 1; i <= MEASUREMENTS; i++) {
            times.add(timeUntilVisible(provider, 3 + i));
        }

        times.sort(null);
        Duration median = times.get(times.size() / 2);
        Duration slow = times.get((int) Math.ceil(times.size() * 0.99) - 1);
        System.out.printf(
                "%d answers visible: median %d ms, 99th percentile %d ms%n",
                times.size(), median.toMillis(), slow.toMillis());
        assertThat(slow).isLessThan(ofSeconds(5));
        assertThat(median).isLessThan(ofSeconds(1));
    }

    private static Duration timeUntilVisible(Person provider, int sampleSize) {
        Person client = Person.client();
        client.writesTo(provider);
        provider.writesTo(client);
        long answered = System.nanoTime();
        awaitSampleSize(provider, sampleSize, ofSeconds(20));
        return Duration.ofNanos(System.nanoTime() - answered);
    }

    private static void awaitSampleSize(Person provider, int expected, Duration timeout) {
        await().atMost(timeout)
                .pollDelay(Duration.ZERO)
                .pollInterval(ofMillis(5))
                .until(() -> provider.seesMetricsOf(provider).path("sampleSize").asInt() == expected);
    }
}
