package io.replymeter.metrics.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    @Test
    void whoeverComesLaterWaitsForTheEarlierOnesPlaces() {
        Throttle throttle = new Throttle();

        long first = throttle.take(1_000, 100);
        long second = throttle.take(500, 100);

        assertThat(first).isBetween(TimeUnit.SECONDS.toNanos(9), TimeUnit.SECONDS.toNanos(10));
        assertThat(second).isBetween(TimeUnit.SECONDS.toNanos(14), TimeUnit.SECONDS.toNanos(15));
    }
}
